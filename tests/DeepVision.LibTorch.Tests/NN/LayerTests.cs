using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class LayerTests
{
    private static readonly long[] Image = [2, 4, 6, 5];

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["conv2d"] = new(() => nn.Conv2d(4, 5, 3, stride: 2, padding: 1)),
        ["conv2d_oblong"] = new(() => nn.Conv2d(4, 5, (3, 2), stride: (1, 2), padding: (2, 0), dilation: (2, 1), bias: false)),
        ["conv2d_groups"] = new(() => nn.Conv2d(4, 6, 3, groups: 2, dilation: 2)),
        ["conv2d_same"] = new(() => nn.Conv2d(4, 2, (3, 4), Padding.Same, dilation: (1, 2))),
        ["conv2d_valid"] = new(() => nn.Conv2d(4, 2, 3, Padding.Valid, stride: 2)),
        ["conv2d_reflect"] = new(() => nn.Conv2d(4, 2, (3, 3), padding: (2, 1), padding_mode: PaddingModes.Reflect)),
        ["conv2d_replicate"] = new(() => nn.Conv2d(4, 2, 3, padding: 1, padding_mode: PaddingModes.Replicate)),
        ["conv2d_circular"] = new(() => nn.Conv2d(4, 2, 3, padding: 2, padding_mode: PaddingModes.Circular)),
        ["conv2d_unbatched"] = new(() => nn.Conv2d(4, 2, 3)) { Shape = [4, 6, 5] },
        ["linear"] = new(() => nn.Linear(5, 3)),
        ["linear_no_bias"] = new(() => nn.Linear(5, 3, hasBias: false)) { Shape = [4, 5] },
        ["batch_norm_train"] = new(() => nn.BatchNorm2d(4)) { Calls = 3 },
        ["batch_norm_train_options"] = new(() => nn.BatchNorm2d(4, eps: 0.01, momentum: 0.3)) { Calls = 3 },
        ["batch_norm_eval"] = new(() => nn.BatchNorm2d(4, eps: 1e-3)) { Training = false },
        ["batch_norm_plain"] = new(() => nn.BatchNorm2d(4, affine: false)) { Calls = 2 },
        ["batch_norm_untracked"] = new(() => nn.BatchNorm2d(4, track_running_stats: false)) { Training = false },
        ["batch_norm_vectors"] = new(() => nn.BatchNorm1d(4)) { Shape = [5, 4], Calls = 2 },
        ["batch_norm_rows"] = new(() => nn.BatchNorm1d(4)) { Shape = [2, 4, 6] },
        ["group_norm"] = new(() => nn.GroupNorm(2, 4, eps: 1e-4)),
        ["group_norm_plain"] = new(() => nn.GroupNorm(4, 4, affine: false)),
        ["layer_norm"] = new(() => nn.LayerNorm([6, 5])),
        ["layer_norm_last"] = new(() => nn.LayerNorm(5, eps: 1e-3)),
        ["layer_norm_plain"] = new(() => nn.LayerNorm(5, elementwise_affine: false)),
        ["relu"] = new(() => nn.ReLU()),
        ["relu6"] = new(() => nn.ReLU6()) { Factor = 8 },
        ["leaky_relu"] = new(() => nn.LeakyReLU(0.2)),
        ["silu"] = new(() => nn.SiLU()),
        ["hardswish"] = new(() => nn.Hardswish()) { Factor = 4 },
        ["hardsigmoid"] = new(() => nn.Hardsigmoid()) { Factor = 4 },
        ["gelu"] = new(() => nn.GELU()),
        ["gelu_tanh"] = new(() => nn.GELU(GELU.Approximate.tanh)),
        ["mish"] = new(() => nn.Mish()),
        ["elu"] = new(() => nn.ELU(0.7)),
        ["softplus"] = Call(x => F.softplus(x * 8, beta: 3, threshold: 5)),
        ["sigmoid"] = new(() => nn.Sigmoid()),
        ["tanh"] = new(() => nn.Tanh()),
        ["hardtanh"] = new(() => nn.Hardtanh(-0.3, 0.6)),
        ["softmax"] = new(() => nn.Softmax(1)),
        ["log_softmax"] = new(() => nn.LogSoftmax(-1)),
        ["max_pool2d"] = new(() => nn.MaxPool2d(3, stride: 2, padding: 1)),
        ["max_pool2d_oblong"] = new(() => nn.MaxPool2d((2, 3), dilation: (2, 1), ceil_mode: true)),
        ["avg_pool2d"] = new(() => nn.AvgPool2d(3, stride: 2, padding: 1)),
        ["avg_pool2d_options"] = new(() => nn.AvgPool2d((2, 3), padding: (1, 0), ceil_mode: true, count_include_pad: false)),
        ["avg_pool2d_divisor"] = new(() => nn.AvgPool2d([2, 2], divisor_override: 3)),
        ["adaptive_avg_pool2d"] = new(() => nn.AdaptiveAvgPool2d((3, 4))),
        ["adaptive_max_pool2d"] = new(() => nn.AdaptiveMaxPool2d([3, 2])),
        ["upsample_nearest"] = new(() => nn.Upsample(size: [11, 9])),
        ["upsample_bilinear"] = new(() => nn.Upsample(scale_factor: [1.7, 2.3], mode: UpsampleMode.Bilinear)),
        ["upsample_bilinear_aligned"] = new(() => nn.Upsample(size: [5, 13], mode: UpsampleMode.Bilinear, align_corners: true)),
        ["upsample_bicubic"] = new(() => nn.Upsample(size: [9, 5], mode: UpsampleMode.Bicubic, align_corners: false)),
        ["interpolate_nearest_exact"] = Call(x => F.interpolate(x, size: [4, 9], mode: InterpolationMode.NearestExact)),
        ["interpolate_area"] = Call(x => F.interpolate(x, size: [3, 4], mode: InterpolationMode.Area)),
        ["interpolate_recomputed"] = Call(
            x => F.interpolate(x, scale_factor: [1.7, 1.7], mode: InterpolationMode.Bilinear, recompute_scale_factor: true)),
        ["interpolate_antialias"] = Call(x => F.interpolate(x, size: [3, 2], mode: InterpolationMode.Bilinear, antialias: true)),
        ["interpolate_bicubic_antialias"] = Call(x => F.interpolate(x, size: [3, 2], mode: InterpolationMode.Bicubic, antialias: true)),
        ["zero_pad2d"] = new(() => nn.ZeroPad2d((1, -2, 3, 0))),
        ["pad_constant"] = Call(x => F.pad(x, (1, 2), value: 0.5)),
        ["pad_reflect"] = Call(x => F.pad(x, (1, 2, 3, 0), PaddingModes.Reflect)),
        ["flatten"] = new(() => nn.Flatten()),
        ["flatten_some"] = new(() => nn.Flatten(2, 3)),
        ["identity"] = new(() => nn.Identity()),
        ["normalize"] = Call(x => F.normalize(x, p: 3, dim: 1, eps: 1e-3)),
        ["dropout_eval"] = new(() => nn.Dropout(0.5)) { Training = false },
    };

    // The package's Hardtanh cuts at -1 and 1, whatever bounds it is given.
    public static TheoryData<string> Names => [.. Cases.Keys.Where(name => !NativeLibTorch.IsPackage || name != "hardtanh")];

    [LibTorchTheory]
    [MemberData(nameof(Names))]
    public void Layer_OutputsGradientsAndBuffers_EqualPyTorchs(string name)
    {
        var expected = Fixture.Read("modules.json").GetProperty(name);
        var layer = Cases[name];
        using var oneThread = new OneThread();
        using var scope = NewDisposeScope();
        using var module = layer.Make();
        Pattern.Fill(module);
        module.train(layer.Training);
        Tensor x = null!, y = null!;
        for (var call = 0; call < layer.Calls; call++)
        {
            x = Pattern.Of(layer.Shape, 50 + call).requires_grad_();
            module.zero_grad();
            y = module.call(layer.Factor == 1 ? x : x * layer.Factor);
            (y * Pattern.Of(y.shape, 90)).sum().backward();
        }

        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()), y.shape);
        Fixture.AssertClose(expected.GetProperty("output"), y, "output");
        Fixture.AssertClose(expected.GetProperty("inputGradient"), x.grad!, "input's gradient");
        AssertAll(expected.GetProperty("gradients"), module.named_parameters().Select(p => (p.name, p.parameter.grad!)));
        AssertAll(expected.GetProperty("buffers"), module.named_buffers());
    }

    [LibTorchFact]
    public void Cases_AllOfTheFixture_AreRun() =>
        Assert.Equal(Fixture.Read("modules.json").EnumerateObject().Select(p => p.Name).Order(), Cases.Keys.Order());

    private static void AssertAll(JsonElement expected, IEnumerable<(string Name, Tensor Value)> found)
    {
        var all = found.ToDictionary(pair => pair.Name, pair => pair.Value);
        Assert.Equal(expected.EnumerateObject().Select(p => p.Name), all.Keys);
        foreach (var property in expected.EnumerateObject())
        {
            Fixture.AssertClose(property.Value, all[property.Name], property.Name);
        }
    }

    private static Case Call(Func<Tensor, Tensor> function) => new(() => new Function(function));

    private sealed record Case(Func<nn.Module<Tensor, Tensor>> Make)
    {
        public long[] Shape { get; init; } = Image;

        public bool Training { get; init; } = true;

        public int Calls { get; init; } = 1;

        public double Factor { get; init; } = 1;
    }

    private sealed class Function(Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>(nameof(Function))
    {
        public override Tensor forward(Tensor input) => function(input);
    }
}
