using System.Xml.Linq;
using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Models;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Visualization;

namespace DeepVision.Tests.Visualization;

public sealed class LookingTests
{
    [Fact]
    public void Project_OfRankOneMap_GivesItsPixelFactor()
    {
        // The map is the outer product of a channel vector and a pixel vector, so that the projection is the latter, scaled.
        float[] channels = [1, -2, 0.5f];
        float[] pixels = [1, 0, 3, 2];
        float[] map = [.. channels.SelectMany(c => pixels.Select(p => c * p))];

        float[] found = EigenCam.Project(map, 3, 4);

        double length = Math.Sqrt(channels.Sum(c => (double)c * c));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(length * pixels[i], found[i], 1e-5);
        }
    }

    [Fact]
    public void Project_OfTwoDirections_FollowsTheStronger()
    {
        // Channels 0 and 1 hold different patterns; the second is stronger.
        float[] map = [1, 0, 0, 0, 0, 0, 0, 5];

        float[] found = EigenCam.Project(map, 2, 4);

        Assert.Equal([0, 0, 0, 5], found.Select(value => MathF.Round(value, 4)));
    }

    [Theory]
    [InlineData(7, 300)]
    [InlineData(300, 7)]
    [InlineData(20, 20)]
    public void Project_OfEitherShape_IsTheStrongestDirection(int channels, int pixels)
    {
        var random = new Random(5);
        float[] map = [.. Enumerable.Range(0, channels * pixels).Select(_ => random.NextSingle())];

        double[] found = [.. EigenCam.Project(map, channels, pixels).Select(value => (double)value)];

        // It is the largest singular value times its right vector v: M'M v is the value's square times v, and no vector grows more.
        double square = found.Sum(value => value * value);
        double[] grown = Grow(found);
        Assert.All(found.Zip(grown), pair => Assert.Equal(pair.First, pair.Second / square, 1e-5));
        for (int trial = 0; trial < 20; trial++)
        {
            double[] other = [.. found.Select(value => value + random.NextDouble() - 0.5)];
            Assert.True(other.Zip(Grow(other)).Sum(pair => pair.First * pair.Second) / other.Sum(value => value * value) < square);
        }

        double[] Grow(double[] vector)
        {
            var sum = new double[pixels];
            for (int c = 0; c < channels; c++)
            {
                double product = Enumerable.Range(0, pixels).Sum(p => vector[p] * map[(c * pixels) + p]);
                for (int p = 0; p < pixels; p++)
                {
                    sum[p] += product * map[(c * pixels) + p];
                }
            }

            return sum;
        }
    }

    [Fact]
    public void Project_OfZeros_IsZero() => Assert.Equal(new float[6], EigenCam.Project(new float[12], 2, 6));

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1 << 30, 1)]
    [InlineData(4, int.MaxValue)]
    public void Sheet_LargerThanAnImage_IsOutOfRange(int scale, int columns)
    {
        var map = new HostTensor(new TensorShape(1, 3, 4, 4));

        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => FeatureMapSheet.Draw(map, new FeatureMapSheetOptions { Scale = scale, Columns = columns }));

        Assert.Contains("make a sheet of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_OnTappedFeature_GivesAMapOnTheImage()
    {
        using CompiledModel model = Classifier(tap: true);
        var image = new RgbImage(96, 64);
        image.Row(10)[30..120].Fill(255);

        ActivationMap map = EigenCam.Explain(model, image, "C4");

        Assert.Equal((14, 14), (map.Width, map.Height));
        Assert.Equal(new ImageSize(96, 64), map.Source);
        Assert.Equal(1, map.Values.ToArray().Max());
    }

    [Fact]
    public void Explain_WithoutTap_SaysWhatToDo()
    {
        using CompiledModel model = Classifier(tap: false);

        ArgumentException error = Assert.Throws<ArgumentException>(() => EigenCam.Explain(model, new RgbImage(32, 32), "C4"));

        Assert.Contains("Tap(\"C4\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoreMap_OfDetector_HasTheLargestScoreOfTheLevel()
    {
        using VisionModel model = VisionModel.FromPreset("fashion_scenes_retinanet").InitializeWeights(seed: 3).Build();
        using CompiledModel compiled = model.CompileForCpu();
        var image = new RgbImage(256, 256);
        image.Row(100).Fill(200);
        HostTensor logits = compiled.Run(image)[RetinaNetTask.LogitsOutput("P4")];
        float[] ofClass = [.. Enumerable.Range(0, logits.Shape.Channels).Where(c => c % 10 == 2)
            .SelectMany(c => logits.Values.Slice(c * 256, 256).ToArray())];

        (ActivationMap map, float largest) = ScoreMap.Explain(compiled, image, level: 1, classIndex: 2);

        Assert.Equal((16, 16), (map.Width, map.Height));
        Assert.Equal(1 / (1 + MathF.Exp(-ofClass.Max())), largest, 1e-6f);
        Assert.True(ScoreMap.Explain(compiled, image, level: 1).Largest >= largest);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreMap.Explain(compiled, image, level: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreMap.Explain(compiled, image, level: 0, classIndex: 10));
    }

    [Fact]
    public void ScoreMap_OfClassifier_IsRefused()
    {
        using CompiledModel model = Classifier(tap: false);

        Assert.Contains(
            "classification", Assert.Throws<InvalidOperationException>(() => ScoreMap.Explain(model, new RgbImage(32, 32), 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sheet_OfMap_StretchesEachChannel()
    {
        var map = new HostTensor(new TensorShape(1, 3, 2, 2));
        new float[] { 0, 1, 2, 4, -1, -1, -1, -1, 10, 20, 20, 10 }.CopyTo(map.Values);

        RgbImage sheet = FeatureMapSheet.Draw(map, new FeatureMapSheetOptions { Columns = 2, Scale = 1 });

        Assert.Equal((5, 5), (sheet.Width, sheet.Height));
        Assert.Equal([0, 64, 128, 0, 0], Enumerable.Range(0, 5).Select(x => (int)sheet.Row(0)[3 * x]));
        Assert.Equal([128, 255, 128, 0, 0], Enumerable.Range(0, 5).Select(x => (int)sheet.Row(1)[3 * x]));
        Assert.Equal([0, 255, 128, 128, 128], Enumerable.Range(0, 5).Select(x => (int)sheet.Row(3)[3 * x]));
    }

    [Fact]
    public void Cost_OfModel_SumsToTheWhole()
    {
        using VisionModel model = VisionModel.FromPreset("resnet50").Build();

        ModelCost cost = ModelCost.Of(model);

        Assert.Equal(model.ParameterCount, cost.Parameters);
        Assert.Equal(model.Graph.InferShapes(new TensorShape(1, 3, 224, 224)).MultiplyAdds, cost.MultiplyAdds);
        Assert.Equal(["conv1", "bn1", "layer1", "layer2", "layer3", "layer4", "fc"], cost.GroupBy(1).Select(group => group.Name));
        Assert.Equal(cost.MultiplyAdds, cost.GroupBy(2).Sum(group => group.MultiplyAdds));
    }

    [Fact]
    public void Cost_OfModelForOneSizeOnly_IsForThatSize()
    {
        using VisionModel model = VisionModel.Create()
            .UseVisionTransformer(new VisionTransformerSpec
            {
                Name = "ViT", ImageSize = new(64, 96), PatchSize = 16, Depth = 1, Width = 16, Heads = 2, HiddenWidth = 32,
            })
            .UseClassifier(3)
            .Build();

        Assert.Equal(new TensorShape(1, 3, 64, 96), ModelCost.Of(model).Input);
        Assert.Contains("1x3x64x96", model.Summary(), StringComparison.Ordinal);
        Assert.Throws<ModelBuildException>(() => ModelCost.Of(model, 224, 224));
    }

    [Fact]
    public void Cost_WithSharedParameters_CountsThemOnce()
    {
        using VisionModel model = VisionModel.FromPreset("retinanet_resnet50_fpn").Build();

        Assert.Equal(model.ParameterCount, ModelCost.Of(model, 320, 320).Parameters);
    }

    [Fact]
    public void Chart_OfModel_IsSvgWithARowForEachPart()
    {
        using VisionModel model = VisionModel.FromPreset("resnet18").WithName("A & B").Build();

        XDocument svg = XDocument.Parse(CostChart.ToSvg(ModelCost.Of(model), depth: 1));

        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("A & B, input 1x3x224x224", texts);
        Assert.Contains("layer4", texts);
        Assert.Contains("multiply-adds: 1.814 G", texts);
        Assert.Equal(1 + (2 * 7), svg.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    private static CompiledModel Classifier(bool tap)
    {
        VisionModelBuilder builder = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 }).UseClassifier(3).InitializeWeights(seed: 1);
        using VisionModel model = (tap ? builder.Tap("C4") : builder).Build();
        return model.CompileForCpu();
    }
}
