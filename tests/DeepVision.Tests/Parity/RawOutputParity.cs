using DeepVision.Cpu;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>Compares the CPU engine's raw outputs with PyTorch's.</summary>
internal static class RawOutputParity
{
    /// <summary>
    /// Relative to an output's largest magnitude. Direct convolutions differ from exact arithmetic by rounding only; torch's
    /// own float32 results are up to 6.3e-6 away from the same golden values.
    /// </summary>
    private const double Tolerance = 2e-5;

    /// <summary>Runs the first image at the smallest size.</summary>
    internal static void AssertSmallest(string name, CpuInstructionSet set)
    {
        IReadOnlyList<GoldenOutput> golden = GoldenOutput.Load(name);
        int smallest = golden.Min(output => output.Height);
        AssertOutputs(name, set, [.. golden.Where(output => output.Height == smallest).Select(output => output.FirstImage())]);
    }

    /// <summary>Runs a model on the inputs of golden outputs and compares; a failure lists every output that is too far away.</summary>
    internal static void AssertOutputs(string name, CpuInstructionSet set, GoldenOutput[] golden)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(OfficialOutputs.Tapped(name));
        using CpuEngine compiled = CpuEngine.Compile(model, new CpuOptions { InstructionSet = set });
        var failures = new List<string>();
        foreach (IGrouping<(int Batch, int Height, int Width), GoldenOutput> input in golden.GroupBy(g => (g.Batch, g.Height, g.Width)))
        {
            HostTensor images = ParityImages.Batch(input.Key.Batch, input.Key.Height, input.Key.Width);
            Dictionary<string, float[]> found = OfficialOutputs.Run(model, images, compiled.Run);
            foreach (GoldenOutput output in input)
            {
                (double error, string description) = output.Compare(found[output.Name]);
                if (error > Tolerance)
                {
                    failures.Add(description);
                }
            }
        }

        Assert.True(failures.Count == 0, $"{name} on {set}, tolerance {Tolerance:E0}:\n{string.Join('\n', failures)}");
    }
}
