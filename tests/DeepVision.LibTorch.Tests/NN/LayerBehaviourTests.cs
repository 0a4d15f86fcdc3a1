using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class LayerBehaviourTests
{
    [LibTorchFact]
    public void Dropout_Training_DropsAndScalesAndEvalDoesNot()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.25);
        var x = ones(10000);
        manual_seed(1);

        var values = Fixture.Values(dropout.call(x));

        // 2500 expected; five standard deviations are 217.
        Assert.InRange(values.Count(value => value == 0), 2283, 2717);
        Assert.All(values.Where(value => value != 0), value => Assert.Equal(1 / 0.75f, value, 1e-6f));
        dropout.eval();
        Assert.All(Fixture.Values(dropout.call(x)), value => Assert.Equal(1, value));
    }

    [LibTorchFact]
    public void Dropout_SameSeed_DropsTheSame()
    {
        using var scope = NewDisposeScope();
        var x = ones(100);
        manual_seed(7);
        var first = Fixture.Values(F.dropout(x));
        var second = Fixture.Values(F.dropout(x));
        manual_seed(7);

        Assert.Equal(first, Fixture.Values(F.dropout(x)));
        Assert.NotEqual(first, second);
    }

    [LibTorchFact]
    public void Dropout2d_Training_DropsWholeChannels()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout2d(0.5);
        manual_seed(1);

        var channels = Fixture.Values(dropout.call(ones(8, 16, 3, 3))).Chunk(9).ToArray();

        Assert.All(channels, channel => Assert.All(channel, value => Assert.Equal(channel[0], value)));
        Assert.Equal([0f, 2f], channels.Select(channel => channel[0]).Distinct().Order());
    }

    [LibTorchFact(PackageDiffers = "ELU in place leaves its input as it is")]
    public void InPlace_Activations_ChangeTheInputAndGiveItBack()
    {
        var modules = new nn.Module<Tensor, Tensor>[]
        {
            nn.ReLU(inplace: true), nn.ReLU6(true), nn.LeakyReLU(inplace: true), nn.SiLU(true), nn.Hardswish(true), nn.Hardsigmoid(true),
            nn.GELU(true), nn.Mish(true), nn.ELU(inplace: true), nn.Sigmoid(true), nn.Tanh(true), nn.Hardtanh(inplace: true),
        };
        using var scope = NewDisposeScope();
        foreach (var module in modules)
        {
            var x = Pattern.Of([40], 3) * 2;
            var before = Fixture.Values(x);
            var y = module.call(x);

            Assert.Equal(Fixture.Values(y), Fixture.Values(x));
            Assert.NotEqual(before, Fixture.Values(x));
            Assert.NotSame(x, y);
        }
    }

    [LibTorchFact(PackageDiffers = "training on one value a channel is let through")]
    public void BatchNorm_WrongInput_Throws()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.BatchNorm2d(4);

        Assert.Throws<ArgumentException>(() => norm.call(ones(2, 4, 5)));
        var error = Assert.Throws<ExternalException>(() => norm.call(ones(1, 4, 1, 1)));
        Assert.Contains("more than 1 value per channel", error.Message, StringComparison.Ordinal);
    }

    [LibTorchFact(PackageDiffers = "groups that do not divide the channels are let through by the constructor")]
    public void Conv2d_WrongChannels_TellsLibtorchsReason()
    {
        using var scope = NewDisposeScope();
        using var conv = nn.Conv2d(4, 5, 3);

        var error = Assert.ThrowsAny<Exception>(() => conv.call(ones(1, 3, 8, 8)));
        Assert.Contains("channels", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => nn.Conv2d(4, 5, 3, groups: 2));
        Assert.Throws<ArgumentException>(() => nn.Conv2d(4, 5, 3, Padding.Same, stride: 2));
    }

    [LibTorchFact]
    public void MaxPool2dWithIndices_Image_SaysWhereTheLargestStand()
    {
        using var scope = NewDisposeScope();
        var (values, indices) = F.max_pool2d_with_indices(arange(16, dtype: ScalarType.Float32).reshape(1, 1, 4, 4), [2, 2]);

        Assert.Equal([5, 7, 13, 15], Fixture.Values(values));
        Assert.Equal([5, 7, 13, 15], Fixture.Values(indices));
    }

    [LibTorchFact]
    public void OneHot_Classes_GivesRowsOfTheIdentity()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([0, 0, 1, 1, 0, 0], Fixture.Values(F.one_hot(tensor(new[] { 2L, 0L }))));
        Assert.Equal([2, 4], F.one_hot(tensor(new[] { 2L, 0L }), 4).shape);
        Assert.Throws<ArgumentException>(() => F.one_hot(ones(2)));
    }

    [LibTorchFact]
    public void Interpolate_SizeAndScale_ThrowsAndSoDoesAlignmentOfNearest()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 1, 2, 2);

        Assert.Throws<ExternalException>(() => F.interpolate(x));
        Assert.Throws<ExternalException>(() => F.interpolate(x, size: [4, 4], scale_factor: [2, 2]));
        Assert.Throws<ExternalException>(() => F.interpolate(x, size: [4, 4], align_corners: false));
    }

    [LibTorchFact(PackageDiffers = "a chain that fails leaves what passes through it to the finaliser")]
    public void Sequential_Chain_DisposesWhatPassesThroughAlsoAfterAnException()
    {
        using var chain = nn.Sequential(nn.Conv2d(1, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2));
        using var x = ones(1, 1, 2, 2);
        using var wrong = ones(1, 1, 3, 3);

        Assert.Equal(0, LiveTensors.LeftBy(() =>
        {
            using var noGrad = no_grad();
            chain.call(x).Dispose();
            Assert.Throws<ExternalException>(() => chain.call(wrong));
        }));
        Assert.Equal(4, chain.Count);
        Assert.Equal(["0", "1", "2", "3"], chain.named_children().Select(child => child.name));
        using var empty = nn.Sequential();
        using var same = empty.call(x);
        Assert.NotSame(x, same);
    }
}
