using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Optim;

public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter, Parameter, OptimizerHelper>> Cases = new()
    {
        ["sgd"] = (a, b) => optim.SGD([a, b], 0.1),
        ["sgd_momentum"] = (a, b) => optim.SGD([a, b], 0.1, momentum: 0.9),
        ["sgd_decay"] = (a, b) => optim.SGD([("a", a), ("b", b)], 0.1, momentum: 0.9, weight_decay: 0.01),
        ["sgd_dampening"] = (a, b) => optim.SGD([a, b], 0.1, momentum: 0.8, dampening: 0.3),
        ["sgd_nesterov"] = (a, b) => optim.SGD([a, b], 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        ["sgd_maximize"] = (a, b) => optim.SGD([a, b], 0.01, momentum: 0.9, maximize: true),
        ["sgd_groups"] = (a, b) => optim.SGD(
            [new SGD.ParamGroup { Parameters = [a] }, new SGD.ParamGroup([b], new SGD.Options { LearningRate = 0.02, weight_decay = 0 })],
            0.1, momentum: 0.9, weight_decay: 0.05),
        ["adamw"] = (a, b) => optim.AdamW([a, b], 0.05, weight_decay: 0.1),
        ["adamw_amsgrad"] = (a, b) => optim.AdamW([a, b], 0.05, weight_decay: 0.1, amsgrad: true),
        ["adamw_groups"] = (a, b) => optim.AdamW(
            [new AdamW.ParamGroup { Parameters = [a] }, new AdamW.ParamGroup([b], new AdamW.Options { LearningRate = 0.01, weight_decay = 0 })],
            0.05, weight_decay: 0.1),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    // The package fails to load the state of an SGD without momentum.
    public static TheoryData<string> Resumable => [.. Cases.Keys.Where(name => !NativeLibTorch.IsPackage || name != "sgd")];

    [LibTorchTheory]
    [MemberData(nameof(Names))]
    public void Step_TwentyTimes_EqualsPyTorch(string name)
    {
        var expected = Fixture.Read("optimizers.json").GetProperty(name);
        using var a = nn.Parameter(Pattern.Of([3, 4], 1));
        using var b = nn.Parameter(Pattern.Of([5], 2));
        using var optimizer = Cases[name](a, b);
        var norms = new List<float>();

        for (var step = 0; step < 20; step++)
        {
            norms.Add((float)Step(optimizer, step, a, b));
        }

        Fixture.AssertClose(expected.GetProperty("a"), a, "a");
        Fixture.AssertClose(expected.GetProperty("b"), b, "b");
        Fixture.AssertClose(Fixture.Numbers(expected.GetProperty("norms")), [.. norms], "norms before clipping");
    }

    [LibTorchTheory(PackageDiffers = "tensors are left to the finaliser")]
    [MemberData(nameof(Names))]
    public void Dispose_AfterSteps_LeavesNoNativeTensor(string name) => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var a = nn.Parameter(Pattern.Of([3, 4], 1));
        using var b = nn.Parameter(Pattern.Of([5], 2));
        using var optimizer = Cases[name](a, b);
        Step(optimizer, 0, a, b);
        var afterOne = LiveTensors.Count;
        Step(optimizer, 1, a, b);
        Assert.Equal(afterOne, LiveTensors.Count);
    }));

    [LibTorchTheory]
    [MemberData(nameof(Resumable))]
    public void LoadStateDict_HalfWay_GoesOnAsTheUnbrokenRun(string name)
    {
        using var a = nn.Parameter(Pattern.Of([3, 4], 1));
        using var b = nn.Parameter(Pattern.Of([5], 2));
        using var optimizer = Cases[name](a, b);
        for (var step = 0; step < 5; step++)
        {
            Step(optimizer, step, a, b);
        }

        using var c = nn.Parameter(a.detach().clone());
        using var d = nn.Parameter(b.detach().clone());
        using var resumed = Cases[name](c, d);
        resumed.load_state_dict(optimizer.state_dict());
        for (var step = 5; step < 8; step++)
        {
            Step(optimizer, step, a, b);
            Step(resumed, step, c, d);
        }

        Assert.Equal(Fixture.Values(a), Fixture.Values(c));
        Assert.Equal(Fixture.Values(b), Fixture.Values(d));
    }

    [LibTorchFact]
    public void LoadStateDict_OtherShape_Throws()
    {
        using var a = nn.Parameter(ones(1));
        using var b = nn.Parameter(ones(1));
        using var one = optim.SGD([a], 0.1);
        using var two = optim.SGD([a, b], 0.1);

        Assert.Throws<ArgumentException>(() => one.load_state_dict(two.state_dict()));
    }

    [LibTorchFact]
    public void ZeroGrad_WithAndWithoutGradients_ClearsThoseThatAreThere()
    {
        using var a = nn.Parameter(ones(2));
        using var b = nn.Parameter(ones(2));
        using var optimizer = optim.SGD([a, b], 0.1);
        a.grad = ones(2);

        optimizer.zero_grad();

        Assert.Equal([0, 0], Fixture.Values(a.grad!));
        Assert.Null(b.grad);
    }

    [LibTorchFact]
    public void Step_ParameterWithoutGradient_LeavesItAlone()
    {
        using var a = nn.Parameter(ones(2));
        using var b = nn.Parameter(ones(2));
        using var optimizer = optim.AdamW([a, b], 0.1, weight_decay: 0.5);
        a.grad = ones(2);

        optimizer.step();

        Assert.NotEqual([1, 1], Fixture.Values(a));
        Assert.Equal([1, 1], Fixture.Values(b));
        Assert.Equal([1, 0], optimizer.state_dict().State.Cast<AdamW.State>().Select(state => state.step));
    }

    [LibTorchFact]
    public void Step_Closure_ComputesGradientsAlsoUnderNoGradAndGivesTheLoss()
    {
        using var a = nn.Parameter(ones(2));
        using var optimizer = optim.SGD([a], 0.5);
        using var noGrad = no_grad();

        using var loss = optimizer.step(() =>
        {
            var sum = a.sum();
            sum.backward();
            return sum;
        });

        Assert.Equal([2], Fixture.Values(loss));
        Assert.Equal([0.5f, 0.5f], Fixture.Values(a));
    }

    [LibTorchFact]
    public void ParamGroups_Options_AreReadAndSet()
    {
        using var a = nn.Parameter(ones(1));
        using var b = nn.Parameter(ones(1));
        using var optimizer = optim.SGD([new SGD.ParamGroup([a], lr: 0.3, momentum: 0.5)], 0.1, momentum: 0.9);
        optimizer.add_param_group(new SGD.ParamGroup { Parameters = [b] });
        var groups = optimizer.ParamGroups.ToArray();

        Assert.Equal([0.3, 0.1], groups.Select(group => group.LearningRate));
        Assert.Equal([0.3, 0.1], groups.Select(group => group.InitialLearningRate));
        Assert.Equal([0.5, 0.9], groups.Cast<SGD.ParamGroup>().Select(group => group.Momentum));
        Assert.Equal([a, b], optimizer.parameters(), ReferenceEqualityComparer.Instance);
        groups[0].LearningRate = 0;
        a.grad = ones(1);
        optimizer.step();
        Assert.Equal([1], Fixture.Values(a));
    }

    [LibTorchFact]
    public void Constructor_OptionsOutOfRange_Throws()
    {
        using var a = nn.Parameter(ones(1));

        Assert.Throws<ArgumentException>(() => optim.SGD([a], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([a], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.AdamW([a], beta1: 1));
    }

    [LibTorchFact]
    public void ClipGradNorm_OtherNormsAndNoGradients_GiveTheNorm()
    {
        using var a = nn.Parameter(ones(2));
        using var b = nn.Parameter(ones(2));
        Assert.Equal(0, nn.utils.clip_grad_norm_([a, b], 1));
        a.grad = tensor(new[] { 3f, 0f });
        b.grad = tensor(new[] { 0f, -4f });

        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 10), 1e-6);
        Assert.Equal([3, 0], Fixture.Values(a.grad!));
        Assert.Equal(4, nn.utils.clip_grad_norm_([a, b], 2, double.PositiveInfinity), 1e-6);
        Assert.Equal([0, -2], Fixture.Values(b.grad!).Select(value => MathF.Round(value, 5)));
        nn.utils.clip_grad_value_([a, b], 1);
        Assert.Equal([1, 0], Fixture.Values(a.grad!));
    }

    private static double Step(optim.Optimizer optimizer, int step, Parameter a, Parameter b)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = zeros(1);
        foreach (var (i, p) in new[] { (0, a), (1, b) })
        {
            loss = loss + (p * Pattern.Of(p.shape, 100 + (2 * step) + i)).sum() + (0.3 * (p * p).sum());
        }

        loss.backward();
        var norm = nn.utils.clip_grad_norm_([a, b], 2.0);
        optimizer.step();
        return norm;
    }
}
