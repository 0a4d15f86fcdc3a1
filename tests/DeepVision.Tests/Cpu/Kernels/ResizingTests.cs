using DeepVision.Cpu;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class ResizingTests
{
    [Theory]
    [InlineData(1, 4, 5, 8, 10)]
    [InlineData(3, 1, 1, 4, 3)]
    [InlineData(15, 7, 5, 7, 5)]
    [InlineData(16, 9, 8, 4, 3)]
    [InlineData(17, 3, 3, 7, 5)]
    [InlineData(33, 25, 34, 50, 67)]
    [InlineData(5, 6, 40, 1, 1500)]
    [InlineData(2, 30, 30, 1, 2)]
    public void ResizeBilinear_EveryInstructionSet_MatchesReference(int channels, int height, int width, int outHeight, int outWidth)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, height, width, 1);
        StepFactory factory = (kernels, views, output) => kernels.ResizeBilinear("test", views[0], output);
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, [input], (2, channels, outHeight, outWidth), factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            float[] found = StepHarness.Run(set, [input], (2, channels, outHeight, outWidth), factory);
            Closeness.AssertClose(expected, found, 5e-7, $"{set}");
        }
    }

    [Fact]
    public void ResizeBilinear_DoubledAndHalved_IsTheDefinition()
    {
        var row = new PlanarTensor(1, 1, 1, 4, [0, 10, 20, 30]);
        Check(row, (1, 1, 1, 8), [0, 2.5f, 7.5f, 12.5f, 17.5f, 22.5f, 27.5f, 30]);
        Check(row, (1, 1, 1, 2), [5, 25]);
        var square = new PlanarTensor(1, 1, 2, 2, [0, 4, 8, 16]);
        Check(square, (1, 1, 1, 1), [7]);
        Check(square, (1, 1, 3, 3), [0, 2, 4, 4, 7, 10, 8, 12, 16]);
        Check(square, (1, 1, 2, 2), [0, 4, 8, 16]);
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(3, 2, true)]
    [InlineData(3, 2, false)]
    [InlineData(5, 3, false)]
    [InlineData(16, 2, false)]
    [InlineData(17, 2, true)]
    public void PixelsToChannels_EveryInstructionSet_IsExact(int channels, int side, bool planar)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, 4 * side, 7 * side, 1);
        StepFactory factory = (kernels, views, output) => kernels.PixelsToChannels("test", side, views[0], output);
        (int, int, int, int) shape = (2, channels * side * side, 4, 7);
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, [input], shape, factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Assert.Equal(expected, StepHarness.Run(set, [input], shape, factory, planar));
        }
    }

    [Fact]
    public void PixelsToChannels_TwoChannels_GoesDownThenAcross()
    {
        // Channel 0 is 0 1 / 2 3, channel 1 ten times that: columns first, each from top to bottom, all channels of a pixel together.
        var input = new PlanarTensor(1, 2, 2, 2, [0, 1, 2, 3, 0, 10, 20, 30]);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            float[] found = StepHarness.Run(set, [input], (1, 8, 1, 1), (kernels, views, output) =>
                kernels.PixelsToChannels("test", 2, views[0], output));
            Assert.Equal([0, 0, 2, 20, 1, 10, 3, 30], found);
        }
    }

    private static void Check(PlanarTensor input, (int N, int C, int H, int W) output, float[] expected)
    {
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Assert.Equal(expected, StepHarness.Run(set, [input], output, (kernels, views, view) =>
                kernels.ResizeBilinear("test", views[0], view)));
        }
    }
}
