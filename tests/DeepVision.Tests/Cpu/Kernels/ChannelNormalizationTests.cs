using DeepVision.Cpu;
using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu.Kernels;

/// <summary>Steps that reduce the channels of each pixel: layer norm, division by length, mean and maximum.</summary>
public sealed class ChannelNormalizationTests
{
    /// <summary>Sums of at most a few hundred float32 terms and one rounding of the mean, over the largest output.</summary>
    private const double Tolerance = 2e-6;

    /// <summary>A mean near 50 is rounded by up to 2e-6, which stands beside deviations of at least a few tenths.</summary>
    private const double OffsetTolerance = 1e-5;

    public static TheoryData<int, int, int> Shapes()
    {
        var shapes = new TheoryData<int, int, int>();
        foreach (int channels in new[] { 1, 3, 7, 8, 9, 15, 16, 17, 33, 200 })
        {
            shapes.Add(channels, 1, 1);
            shapes.Add(channels, 7, 5);
        }

        shapes.Add(40, 13, 11);
        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LayerNorm_EveryInstructionSet_MatchesReference(int channels, int height, int width)
    {
        // Far from zero, so that a variance without the mean taken away first would be wrong.
        PlanarTensor input = PlanarTensor.Random(2, channels, height, width, 1, scale: 3);
        for (int i = 0; i < input.Values.Length; i++)
        {
            input.Values[i] += 50;
        }

        Check("layer norm", input, channels, (kernels, views, output) =>
            kernels.LayerNorm("test", 1e-3f, Affine(channels, kernels.Block), views[0], output), OffsetTolerance);
    }

    [Fact]
    public void LayerNorm_TwoChannels_IsTheDefinition()
    {
        // Pixel 0: mean 2, variance 1, with epsilon 4 in all; pixel 1: mean 10, variance 0.
        var input = new PlanarTensor(1, 2, 1, 2, [1, 10, 3, 10]);
        CheckValues(input, (1, 2, 1, 2), [-0.5f * 2, 0, (0.5f * 3) + 1, 1], (kernels, views, output) =>
            kernels.LayerNorm("test", 3, Affine([2, 3], [0, 1], kernels.Block), views[0], output));
    }

    [Fact]
    public void LayerNorm_NaN_StaysWithItsPixel()
    {
        PlanarTensor input = PlanarTensor.Random(1, 19, 3, 3, 1);
        input.Values[(5 * 9) + 4] = float.NaN;
        CheckNaN(input, (1, 19, 3, 3), (kernels, views, output) =>
            kernels.LayerNorm("test", 1e-5f, Affine(19, kernels.Block), views[0], output));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void DivideByLength_EveryInstructionSet_MatchesReference(int channels, int height, int width) =>
        Check("length", PlanarTensor.Random(2, channels, height, width, 1, scale: 30), channels, (kernels, views, output) =>
            kernels.DivideByLength("test", 1e-12f, views[0], output), Tolerance);

    [Fact]
    public void DivideByLength_ShortVectors_AreDividedByEpsilon()
    {
        var input = new PlanarTensor(1, 2, 1, 3, [3, 1e-14f, 0, -4, 0, 0]);
        CheckValues(input, (1, 2, 1, 3), [0.6f, 0.01f, 0, -0.8f, 0, 0], (kernels, views, output) =>
            kernels.DivideByLength("test", 1e-12f, views[0], output));
    }

    [Fact]
    public void DivideByLength_NaN_StaysWithItsPixel()
    {
        PlanarTensor input = PlanarTensor.Random(1, 19, 3, 3, 1);
        input.Values[(18 * 9) + 4] = float.NaN;
        CheckNaN(input, (1, 19, 3, 3), (kernels, views, output) => kernels.DivideByLength("test", 1e-12f, views[0], output));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ChannelPool_EveryInstructionSet_MatchesReference(int channels, int height, int width)
    {
        foreach (PoolMode mode in new[] { PoolMode.Max, PoolMode.Average })
        {
            PlanarTensor input = PlanarTensor.Random(2, channels, height, width, 1);
            for (int i = 0; i < input.Values.Length; i++)
            {
                input.Values[i] -= 2; // All negative: zeros beyond the last channel would win a maximum.
            }

            Check($"{mode}", input, 1, (kernels, views, output) => kernels.ChannelPool("test", mode, views[0], output), Tolerance);
        }
    }

    [Fact]
    public void ChannelPool_ThreeChannels_IsTheDefinition()
    {
        var input = new PlanarTensor(1, 3, 1, 2, [-1, 4, -5, float.NaN, -3, 6]);
        CheckValues(input, (1, 1, 1, 2), [-1, float.NaN], (kernels, views, output) =>
            kernels.ChannelPool("test", PoolMode.Max, views[0], output));
        CheckValues(input, (1, 1, 1, 2), [-3, float.NaN], (kernels, views, output) =>
            kernels.ChannelPool("test", PoolMode.Average, views[0], output));
    }

    private static PackedWeights Affine(int channels, int block) =>
        Affine(Noise.Array(channels, 8), Noise.Array(channels, 9), block);

    private static unsafe PackedWeights Affine(float[] factors, float[] shifts, int block)
    {
        int padded = (factors.Length + block - 1) / block * block;
        var affine = new PackedWeights(padded, padded);
        for (int c = 0; c < factors.Length; c++)
        {
            (affine.Weights[c], affine.Bias[c]) = (factors[c], shifts[c]);
        }

        return affine;
    }

    private static void Check(string what, PlanarTensor input, int outChannels, StepFactory factory, double tolerance)
    {
        (int N, int C, int H, int W) shape = (input.N, outChannels, input.H, input.W);
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, [input], shape, factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Closeness.AssertClose(expected, StepHarness.Run(set, [input], shape, factory), tolerance, $"{set} {what}");
        }
    }

    private static void CheckValues(PlanarTensor input, (int N, int C, int H, int W) shape, float[] expected, StepFactory factory)
    {
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Closeness.AssertClose(expected, StepHarness.Run(set, [input], shape, factory), 2e-7, $"{set}");
        }
    }

    private static void CheckNaN(PlanarTensor input, (int N, int C, int H, int W) shape, StepFactory factory)
    {
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            float[] found = StepHarness.Run(set, [input], shape, factory);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.True(float.IsNaN(found[i]) == (i % 9 == 4), $"{set}: {found[i]} at {i}.");
            }
        }
    }
}
