using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class LossTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Cases = new()
    {
        ["cross_entropy"] = x => F.cross_entropy(x, Classes),
        ["cross_entropy_smoothed"] = x => new CrossEntropyLoss(label_smoothing: 0.1).call(x, Classes),
        ["cross_entropy_sum"] = x => nn.CrossEntropyLoss(Weight, reduction: Reduction.Sum).call(x, Classes),
        ["cross_entropy_each"] = x => nn.CrossEntropyLoss(ignore_index: 2, reduction: Reduction.None).call(x, Classes),
        ["cross_entropy_all"] = x => F.cross_entropy(x, Classes, Weight, 2, label_smoothing: 0.2),
        ["cross_entropy_probabilities"] = x => F.cross_entropy(x, F.softmax(Target, 1)),
        ["cross_entropy_maps"] = x => F.cross_entropy(x, tensor(new[] { 0L, 1, 2, 4, 3, 3, 1, 2 }, [2, 2, 2])),
        ["nll"] = x => nn.NLLLoss(Weight).call(F.log_softmax(x, 1), Classes),
        ["bce_with_logits"] = x => F.binary_cross_entropy_with_logits(x, Target.gt(0).to(ScalarType.Float32)),
        ["bce_with_logits_weighted"] = x =>
            nn.BCEWithLogitsLoss(Weight, Reduction.Sum, Weight * 2).call(x, Target.gt(0).to(ScalarType.Float32)),
        ["smooth_l1"] = x => nn.SmoothL1Loss().call(x, Target),
        ["smooth_l1_beta"] = x => nn.SmoothL1Loss(Reduction.Sum, 1 / 9.0).call(x, Target),
        ["smooth_l1_beta_0"] = x => F.smooth_l1_loss(x, Target, Reduction.None, 0),
        ["l1"] = x => nn.L1Loss().call(x, Target),
        ["mse"] = x => nn.MSELoss(Reduction.Sum).call(x, Target),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Tensor Classes => tensor(new[] { 0L, 4, 2, 2, 1, 3 });

    private static Tensor Weight => Pattern.Of([5], 7).abs() + 0.1;

    private static Tensor Target => Pattern.Of([6, 5], 60);

    [LibTorchTheory]
    [MemberData(nameof(Names))]
    public void Loss_ValueAndGradient_EqualPyTorchs(string name)
    {
        var expected = Fixture.Read("losses.json").GetProperty(name);
        using var oneThread = new OneThread();
        using var scope = NewDisposeScope();
        var x = Pattern.Of(name == "cross_entropy_maps" ? [2, 5, 2, 2] : [6, 5], 50).requires_grad_();

        var loss = Cases[name](x);
        loss.sum().backward();

        Fixture.AssertClose(expected.GetProperty("output"), loss, "loss");
        Fixture.AssertClose(expected.GetProperty("inputGradient"), x.grad!, "input's gradient");
    }

    [LibTorchFact]
    public void Cases_AllOfTheFixture_AreRun() =>
        Assert.Equal(Fixture.Read("losses.json").EnumerateObject().Select(p => p.Name).Order(), Cases.Keys.Order());
}
