using DeepVision.Cpu;
using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class PoolingTests
{
    [Theory]
    [InlineData(1, 7, 7, 4, 4, 3, 2, 1)] // as behind a ResNet's stem
    [InlineData(17, 9, 11, 5, 6, 2, 2, 1)] // a last window that is partly covered
    [InlineData(16, 6, 5, 3, 3, 1, 2, 0)] // keeps every second pixel
    [InlineData(33, 8, 8, 8, 8, 5, 1, 2)]
    [InlineData(3, 13, 6, 5, 3, 3, 3, 1)]
    public void Pool_EveryInstructionSet_MatchesReference(
        int channels, int height, int width, int outHeight, int outWidth, int kernel, int stride, int padding)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, height, width, 1);
        foreach (PoolMode mode in Enum.GetValues<PoolMode>())
        {
            Check($"{mode}", [input], (2, channels, outHeight, outWidth), (kernels, views, output) =>
                kernels.Pool("test", mode, kernel, stride, padding, 1, views[0], output));
        }
    }

    [Fact]
    public void Pool_DilatedMax_MatchesReference() =>
        Check("dilated", [PlanarTensor.Random(1, 9, 9, 10, 1)], (1, 9, 7, 4), (kernels, views, output) =>
            kernels.Pool("test", PoolMode.Max, 3, new Size2D(1, 2), new Padding2D(1, 1, 1, 1), 2, views[0], output));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(3, 4)]
    [InlineData(12, 5)]
    public void AdaptivePool_EveryInstructionSet_MatchesReference(int outHeight, int outWidth)
    {
        foreach (PoolMode mode in new[] { PoolMode.Max, PoolMode.Average })
        {
            Check($"{mode}", [PlanarTensor.Random(2, 19, 10, 7, 1)], (2, 19, outHeight, outWidth), (kernels, views, output) =>
                kernels.AdaptivePool("test", mode, views[0], output));
        }
    }

    [Fact]
    public void MaxPool_NaN_Wins()
    {
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            for (int poisoned = 0; poisoned < 9; poisoned++)
            {
                PlanarTensor input = PlanarTensor.Random(1, 1, 3, 3, 1);
                input.Values[poisoned] = float.NaN;
                float[] found = StepHarness.Run(set, [input], (1, 1, 1, 1), (kernels, views, output) =>
                    kernels.Pool("test", PoolMode.Max, 3, 3, 0, 1, views[0], output));
                Assert.True(float.IsNaN(found[0]), $"{set}: NaN at {poisoned} gave {found[0]}.");
            }
        }
    }

    private static void Check(string what, PlanarTensor[] inputs, (int N, int C, int H, int W) output, StepFactory factory)
    {
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, inputs, output, factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Closeness.AssertClose(expected, StepHarness.Run(set, inputs, output, factory), 1e-6, $"{set} {what}");
        }
    }
}
