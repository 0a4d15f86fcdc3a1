using System.Text.Json;
using DeepVision.Preprocessing;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Visualization;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Visualization;

public sealed class GradCamTests
{
    private static readonly JsonElement s_golden = GoldenFolder.Json("gradcam.json");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_golden.GetProperty("cases").GetArrayLength())];

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void Explain_GeneratedWeights_GivesPyTorchsMap(int index)
    {
        JsonElement golden = s_golden.GetProperty("cases")[index];
        string feature = golden.GetProperty("feature").GetString()!;
        JsonElement chosen = golden.GetProperty("class");
        using VisionModel model = Tapped(golden.GetProperty("model").GetString()!, feature);
        using VisionModule module = model.ToTorchSharp();

        ActivationMap map = GradCam.Explain(module, Image(), feature, chosen.ValueKind == JsonValueKind.Null ? null : chosen.GetInt32());

        Assert.Equal((golden.GetProperty("width").GetInt32(), golden.GetProperty("height").GetInt32()), (map.Width, map.Height));
        float[] expected = [.. golden.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - map.Values[i]) <= 1e-4f, $"Cell {i}: {expected[i]} expected, {map.Values[i]} found.");
        }
    }

    [TorchFact]
    public void Explain_FrozenModuleInTrainingMode_ChangesNothing()
    {
        using VisionModel model = Tapped("resnet18", "C5");
        using VisionModule module = model.ToTorchSharp();
        float[] first = GradCam.Explain(module, Image(), "C5", 2).Values.ToArray();
        foreach (var parameter in module.parameters())
        {
            parameter.requires_grad = false;
        }

        module.train();
        module.Find("layer1").eval();
        using Tensor before = module.state_dict()["bn1.running_mean"].clone();

        float[] again = GradCam.Explain(module, Image(), "C5", 2).Values.ToArray();

        Assert.Equal(first, again);
        Assert.True(module.training);
        Assert.True(module.Find("layer2.0").training);
        Assert.False(module.Find("layer1").training);
        Assert.False(module.Find("layer1.0.bn1").training);
        Assert.True(before.Equals(module.state_dict()["bn1.running_mean"]));
        Assert.All(module.parameters(), parameter => Assert.True(parameter.grad is null));
    }

    [TorchFact]
    public void Explain_ALayerThatOverwritesWhatItsGradientNeeds_FailsWithLibtorchsText()
    {
        using VisionModel model = Tapped("resnet18", "C5");
        using VisionModule module = model.ToTorchSharp();
        using nn.Module old = module.Replace("fc", new Overwriting());

        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => GradCam.Explain(module, Image(), "C5", 2));

        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Explain_FeatureNotTapped_NamesWhatThereIs()
    {
        using VisionModel model = Tapped("resnet18", "C4");
        using VisionModule module = model.ToTorchSharp();

        ArgumentException error = Assert.Throws<ArgumentException>(() => GradCam.Explain(module, Image(), "C5"));

        Assert.Contains("gives no map 'C5'; it gives C4. Build the model with Tap(\"C5\")", error.Message, StringComparison.Ordinal);
    }

    [TorchTheory]
    [InlineData(-1)]
    [InlineData(1000)]
    public void Explain_NoSuchClass_Throws(int index)
    {
        using VisionModel model = Tapped("resnet18", "C5");
        using VisionModule module = model.ToTorchSharp();

        Assert.Throws<ArgumentOutOfRangeException>(() => GradCam.Explain(module, Image(), "C5", index));
    }

    private static RgbImage Image() =>
        ParityImages.Rgb(0, s_golden.GetProperty("width").GetInt32(), s_golden.GetProperty("height").GetInt32());

    // (pixel - 128) / 64 of the image as it is.
    private static VisionModel Tapped(string name, string feature) =>
        ParityModels.WithGeneratedWeights(ParityModels.Builder(name).Tap(feature).WithPreprocessing(new ImagePreprocessing
        {
            Mean = new ChannelValues(128 / 255f, 128 / 255f, 128 / 255f),
            Std = new ChannelValues(64 / 255f, 64 / 255f, 64 / 255f),
        }));

    private sealed class Overwriting() : nn.Module<Tensor, Tensor>(nameof(Overwriting))
    {
        public override Tensor forward(Tensor input) => input.exp().add_(1);
    }
}
