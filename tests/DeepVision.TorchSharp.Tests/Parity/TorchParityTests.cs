using DeepVision.Cpu;
using DeepVision.Models;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Zoo;

namespace DeepVision.Tests.Torch.Parity;

/// <summary>A model as a TorchSharp module computes what the CPU engine and Python's PyTorch compute, for every preset.</summary>
public sealed class TorchParityTests
{
    /// <summary>Relative to the tensor's largest value; both sides sum in float32 in orders of their own.</summary>
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Official { get; } = [.. ParityModels.Usual];

    public static TheoryData<string, int, int> All { get; } = Sized();

    [TorchTheory]
    [MemberData(nameof(Official))]
    public void Forward_GeneratedWeights_GivesPyTorchsOutputs(string name)
    {
        IReadOnlyList<GoldenOutput> golden = GoldenOutput.Load(name);
        int full = golden.Max(output => output.Height);
        using VisionModel model = ParityModels.WithGeneratedWeights(OfficialOutputs.Tapped(name));
        using VisionModule module = model.ToTorchSharp();
        var failures = new List<string>();
        foreach (var input in golden.Where(g => g.Batch > 1 || g.Height < full).GroupBy(g => (g.Batch, g.Height, g.Width)))
        {
            HostTensor images = ParityImages.Batch(input.Key.Batch, input.Key.Height, input.Key.Width);
            Dictionary<string, float[]> found = OfficialOutputs.Run(model, images, module.Predict);
            foreach (GoldenOutput output in input)
            {
                (double error, string description) = output.Compare(found[output.Name]);
                if (!(error <= Tolerance))
                {
                    failures.Add(description);
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [TorchTheory]
    [MemberData(nameof(All))]
    public void Forward_EveryPreset_GivesTheCpuEnginesOutputs(string name, int height, int width)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset(name));
        using VisionModule module = model.ToTorchSharp();
        using CpuEngine engine = CpuEngine.Compile(model, new CpuOptions());
        HostTensor images = ParityImages.Batch(2, height, width);
        foreach (ModelStage stage in model.Stages)
        {
            HostTensor input = stage.Step is null ? images : RowsOf(stage.Step.TypicalInput(images.Shape).With(0, 3));
            IReadOnlyDictionary<string, HostTensor> expected = engine.Run(stage.Name, input);
            Dictionary<string, HostTensor> found = module.Predict(stage.Name, input);

            Assert.Equal(expected.Keys.Order(), found.Keys.Order());
            foreach ((string output, HostTensor tensor) in expected)
            {
                Agreement.AssertClose(tensor, found[output], Tolerance, $"{name} {output}");
            }
        }
    }

    private static HostTensor RowsOf(TensorShape shape)
    {
        ulong hash = CounterHash.OfKey("rows");
        return new HostTensor(shape, [.. Enumerable.Range(0, (int)shape.ElementCount).Select(i => CounterHash.Signed(CounterHash.Bits(hash, i)))]);
    }

    private static TheoryData<string, int, int> Sized()
    {
        var data = new TheoryData<string, int, int>();
        foreach (string name in ModelPresets.All.Select(preset => preset.Name).Where(name => !ParityModels.Largest.Contains(name)))
        {
            // Odd sizes show a window that is placed otherwise.
            (int height, int width) = name == "fashion_resnet20" ? (33, 47)
                : name.StartsWith("fashion_", StringComparison.Ordinal) ? (96, 129)
                : GoldenOutput.SizeOfBatch(name);
            data.Add(name, height, width);
        }

        return data;
    }
}
