using System.Globalization;
using System.Runtime.InteropServices;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;

namespace DeepVision.Tests.Torch.Weights;

/// <summary>State dicts go to Python's PyTorch and come from there, with strict=True, and give the same outputs.</summary>
public sealed class PythonStateDictTests
{
    private const double Tolerance = 2e-5;

    // The images are written as raw float32, so that both sides read the same bits.
    private const string Prologue = """
        import sys, numpy, torch, torchvision
        torch.set_num_threads(2)
        name, weights, image, output, height, width = sys.argv[1:7]
        torch.manual_seed(7)
        if name.startswith('retinanet'):
            build = getattr(torchvision.models.detection, name)
            model = build(weights=None, weights_backbone=None)
        else:
            model = getattr(torchvision.models, name)(weights=None)
        def run():
            model.eval()
            x = torch.from_numpy(numpy.fromfile(image, dtype=numpy.float32)).reshape(2, 3, int(height), int(width))
            with torch.no_grad():
                if name.startswith('retinanet'):
                    y = model.head(list(model.backbone(x).values()))['cls_logits']
                else:
                    y = model(x)
            y.numpy().astype(numpy.float32).tofile(output)

        """;

    [PythonTorchTheory]
    [InlineData("resnet18", "pth")]
    [InlineData("vgg11_bn", "pt")]
    [InlineData("retinanet_resnet50_fpn_v2", "pth")]
    public void SaveWeights_Here_LoadsStrictlyInPython(string name, string extension)
    {
        using var folder = new TemporaryFolder();
        using VisionModule module = Generated(name);
        module.SaveWeights(folder.PathOf($"weights.{extension}"));
        HostTensor input = Write(folder);

        PythonTorch.Run(
            Prologue + "model.load_state_dict(torch.load(weights), strict=True)\nrun()\n",
            Arguments(name, folder, $"weights.{extension}", input));

        AssertSame(module, name, input, folder);
    }

    [PythonTorchTheory]
    [InlineData("resnet18")]
    [InlineData("vgg11_bn")]
    [InlineData("retinanet_resnet50_fpn_v2")]
    public void LoadWeights_SavedInPython_GivesPythonsOutputs(string name)
    {
        using var folder = new TemporaryFolder();
        HostTensor input = Write(folder);
        PythonTorch.Run(Prologue + "torch.save(model.state_dict(), weights)\nrun()\n", Arguments(name, folder, "weights.pth", input));
        using VisionModule module = Generated(name);

        Assert.Empty(module.LoadWeights(folder.PathOf("weights.pth")).Missing);

        AssertSame(module, name, input, folder);
    }

    private static VisionModule Generated(string name)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset(name));
        return model.ToTorchSharp();
    }

    private static HostTensor Write(TemporaryFolder folder)
    {
        HostTensor input = ParityImages.Batch(2, 64, 96);
        File.WriteAllBytes(folder.PathOf("image.f32"), MemoryMarshal.AsBytes(input.Values));
        return input;
    }

    private static string[] Arguments(string name, TemporaryFolder folder, string weights, HostTensor input) =>
    [
        name,
        folder.PathOf(weights),
        folder.PathOf("image.f32"),
        folder.PathOf("output.f32"),
        input.Shape.Height.ToString(CultureInfo.InvariantCulture),
        input.Shape.Width.ToString(CultureInfo.InvariantCulture),
    ];

    private static void AssertSame(VisionModule module, string name, HostTensor input, TemporaryFolder folder)
    {
        Dictionary<string, HostTensor> outputs = module.Predict(input);
        float[] found = name.StartsWith("retinanet", StringComparison.Ordinal)
            ? TorchvisionLayout.Logits(outputs)
            : outputs["logits"].Values.ToArray();
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.PathOf("output.f32"))).ToArray();
        var shape = new TensorShape(expected.Length);
        Agreement.AssertClose(new HostTensor(shape, expected), new HostTensor(new TensorShape(found.Length), found), Tolerance, name);
    }
}
