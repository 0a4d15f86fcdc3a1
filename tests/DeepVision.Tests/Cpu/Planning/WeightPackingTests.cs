using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Winograd;
using DeepVision.Cpu.Planning;
using Xunit;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>Packs against loops that say element by element where each weight goes; every padding lane is zero.</summary>
public sealed class WeightPackingTests
{
    [Theory]
    [InlineData(1, 64, 64, 1, 16, false)]
    [InlineData(1, 3, 64, 49, 16, true)]
    [InlineData(1, 5, 7, 9, 16, true)]
    [InlineData(1, 17, 33, 9, 16, false)]
    [InlineData(1, 1, 1, 1, 16, false)]
    [InlineData(1, 70, 50, 1, 16, false)]
    [InlineData(1, 33, 95, 15, 8, false)]
    [InlineData(3, 16, 48, 9, 16, false)]
    [InlineData(2, 8, 24, 25, 8, false)]
    [InlineData(2, 4, 12, 9, 4, false)]
    [InlineData(1, 13, 11, 4, 4, false)]
    public unsafe void Gemm_EveryWeight_LiesWhereTheKernelsReadIt(int groups, int inChannels, int outChannels, int taps, int block, bool planar)
    {
        var packing = new GemmPacking(groups, inChannels, outChannels, taps, block, planar);
        float[] weights = Weights(groups * outChannels * inChannels * taps);
        float[] bias = Weights(groups * outChannels);
        var expected = new float[packing.WeightFloats];
        var expectedBias = new float[packing.BiasFloats];
        for (int o = 0; o < groups * outChannels; o++)
        {
            (int group, int channel) = Math.DivRem(o, outChannels);
            (int tile, int lane) = Math.DivRem(channel, 2 * block);
            int pitch = packing.BlocksOf(tile) * block;
            expectedBias[(group * packing.OutBlocks * block) + channel] = bias[o];
            for (int c = 0; c < inChannels; c++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    long k = planar ? (c * taps) + tap : (((c / block * taps) + tap) * block) + (c % block);
                    expected[(group * packing.GroupStride) + packing.TileOffset(tile) + (k * pitch) + lane]
                        = weights[(((o * inChannels) + c) * taps) + tap];
                }
            }
        }

        AssertPack(packing, weights, bias, expected, expectedBias);
    }

    [Theory]
    [InlineData(32, 1, 1, 9, 16)]
    [InlineData(33, 1, 1, 25, 16)]
    [InlineData(3, 5, 7, 9, 16)]
    [InlineData(4, 3, 2, 1, 8)]
    [InlineData(1, 6, 5, 4, 4)]
    public unsafe void Lanes_EveryWeight_LiesWhereTheKernelsReadIt(int groups, int inChannels, int outChannels, int taps, int block)
    {
        var packing = new LanePacking(groups, inChannels, outChannels, taps, block);
        int channels = groups * outChannels;
        float[] weights = Weights(channels * inChannels * taps);
        float[] bias = Weights(channels);
        var expected = new float[packing.WeightFloats];
        var expectedBias = new float[packing.BiasFloats];
        bias.CopyTo(expectedBias, 0);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < inChannels * taps; i++)
            {
                expected[(channel / block * packing.BlockStride) + (i * block) + (channel % block)]
                    = weights[(channel * inChannels * taps) + i];
            }
        }

        AssertPack(packing, weights, bias, expected, expectedBias);
    }

    [Theory]
    [InlineData(4, 64, 64, 16)]
    [InlineData(4, 19, 37, 16)]
    [InlineData(2, 7, 33, 16)]
    [InlineData(2, 16, 5, 8)]
    [InlineData(4, 9, 23, 4)]
    public unsafe void Winograd_EveryPoint_IsTheKernelTransformedInFloat64(int tile, int inChannels, int outChannels, int block)
    {
        var packing = new WinogradPacking(tile, inChannels, outChannels, block);
        float[] weights = Weights(outChannels * inChannels * 9);
        float[] bias = Weights(outChannels);
        var expected = new float[packing.WeightFloats];
        var expectedBias = new float[packing.BiasFloats];
        bias.CopyTo(expectedBias, 0);
        double[] matrix = WinogradMatrices.OfKernel(tile);
        int side = tile + 2;
        for (int o = 0; o < outChannels; o++)
        {
            (int pair, int lane) = Math.DivRem(o, 2 * block);
            int pitch = packing.BlocksOf(pair) * block;
            for (int c = 0; c < inChannels; c++)
            {
                ReadOnlySpan<float> kernel = weights.AsSpan(((o * inChannels) + c) * 9, 9);
                for (int i = 0; i < side; i++)
                {
                    for (int j = 0; j < side; j++)
                    {
                        double[] half = [0, 0, 0];
                        for (int x = 0; x < 3; x++)
                        {
                            half[x] = (matrix[i * 3] * kernel[x]) + (matrix[(i * 3) + 1] * kernel[3 + x]) + (matrix[(i * 3) + 2] * kernel[6 + x]);
                        }

                        double point = (matrix[j * 3] * half[0]) + (matrix[(j * 3) + 1] * half[1]) + (matrix[(j * 3) + 2] * half[2]);
                        expected[(((i * side) + j) * packing.PointStride) + packing.TileOffset(pair) + (c * pitch) + lane] = (float)point;
                    }
                }
            }
        }

        AssertPack(packing, weights, bias, expected, expectedBias);
    }

    private static unsafe void AssertPack(
        IWeightPacking packing, float[] weights, float[] bias, float[] expected, float[] expectedBias)
    {
        PackedWeights packed = ArrayWeights.Pack(packing, weights, bias);
        try
        {
            Assert.Equal(expected, new ReadOnlySpan<float>(packed.Weights, expected.Length).ToArray());
            Assert.Equal(expectedBias, packed.BiasOf(packing).ToArray());
        }
        finally
        {
            packed.Free();
        }
    }

    // None is zero, so that a lane left out shows.
    private static float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 0.37f) + 1.5f)];
}
