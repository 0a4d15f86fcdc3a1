using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Tensors;

namespace DeepVision.Tests.Backbones;

public sealed class SqueezeNetTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(3)]
    public void Features_AtAnySize_AreShortByNoMoreThanStated(int kernel)
    {
        SqueezeNetSpec spec = kernel == 7 ? SqueezeNetSpec.V10 : SqueezeNetSpec.V11;
        var backbone = new SqueezeNetBackbone(spec);
        using VisionModel model = VisionModel.Create().UseBackbone(backbone).Build();
        int most = 0;

        for (int side = 32; side <= 320; side++)
        {
            GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, side, side));
            foreach (FeatureInfo info in backbone.Features)
            {
                int found = shapes[model.Graph.Outputs.Single(output => output.Name == info.Name).Value].Height;
                int missing = ((side + info.Stride - 1) / info.Stride) - found;
                Assert.InRange(missing, 0, info.MissingPixels);
                most = Math.Max(most, missing);
            }
        }

        Assert.Equal(backbone.Features[0].MissingPixels, most);
    }

    [Fact]
    public void Build_FpnBehindIt_KeepsTheShortfall()
    {
        using VisionModel model = VisionModel.Create().UseSqueezeNet(SqueezeNetSpec.V10).UseFpn(channels: 8).Build();

        GraphShapes shapes = model.Graph.InferShapes(new TensorShape(1, 3, 64, 64));

        Assert.Equal([14, 7, 3], model.Graph.Outputs.Select(output => shapes[output.Value].Height));
    }

    [Fact]
    public void Build_PanBehindItsFpn_FailsAndSaysWhatIsShort()
    {
        VisionModelBuilder builder = VisionModel.Create().UseSqueezeNet(SqueezeNetSpec.V11).UseFpn(channels: 8).UsePan();

        var exception = Assert.Throws<ModelBuildException>(builder.Build);

        Assert.Equal("PAN", exception.Component);
        Assert.Contains("P2 (8 channels, stride 4, up to 1 pixels short)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithBatchNorm_NamesTheNormsBesideTheConvolutions()
    {
        using VisionModel model = VisionModel.Create()
            .UseSqueezeNet(SqueezeNetSpec.V11 with { Normalization = Normalization.BatchNorm }).UseSqueezeNetClassifier(3).Build();

        string[] names = [.. model.Parameters.Select(parameter => parameter.Name)];
        Assert.Contains("features.1.running_var", names);
        Assert.Contains("features.4.squeeze_norm.weight", names);
        Assert.DoesNotContain("features.4.squeeze.bias", names);
    }

    [Fact]
    public void Constructor_FireModulesMissing_Fails()
    {
        var exception = Assert.Throws<ModelBuildException>(() => new SqueezeNetBackbone(SqueezeNetSpec.V11 with { Depths = [2, 2, 3] }));

        Assert.Contains("found depths [2, 2, 3]", exception.Message, StringComparison.Ordinal);
    }
}
