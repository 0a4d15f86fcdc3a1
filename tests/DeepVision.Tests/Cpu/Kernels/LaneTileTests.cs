using System.Runtime.Intrinsics;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Tests.Cpu.Kernels;

/// <summary>The tiles that multiply by lanes form the same chains as those that spread each value, so every machine can compare them.</summary>
public sealed unsafe class LaneTileTests
{
    private const int Pixels = 8;
    private const int Lanes = 4;
    private const int InputBlocks = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_ChannelsOfPixels_GivesTheBitsOfTheOtherTile(int blocks)
    {
        TileCall call = new() { InputBlockStride = 3 * Pixels * Lanes, Blocks = InputBlocks, Lanes = Lanes };

        AssertSame(
            call,
            blocks,
            blocks == 2
                ? &GemmTile8x2<Vector128Ops, Vector128<float>, PixelMajor, AddResidualRectify<Vector128Ops, Vector128<float>>>.Run
                : &GemmTile8x1<Vector128Ops, Vector128<float>, PixelMajor, AddResidualRectify<Vector128Ops, Vector128<float>>>.Run,
            blocks == 2
                ? &LaneTile8x2<Vector128Ops, Vector128<float>, PixelMajor, AddResidualRectify<Vector128Ops, Vector128<float>>>.Run
                : &LaneTile8x1<Vector128Ops, Vector128<float>, PixelMajor, AddResidualRectify<Vector128Ops, Vector128<float>>>.Run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_PixelsOfTaps_GivesTheBitsOfTheOtherTile(int blocks)
    {
        const int Taps = 27;
        TileCall call = new() { InputBlockStride = Taps * TapMajor.Pitch, Blocks = 2, Lanes = Taps };

        AssertSame(
            call,
            blocks,
            blocks == 2
                ? &GemmTile8x2<Vector128Ops, Vector128<float>, TapMajor, Rectify<Vector128Ops, Vector128<float>>>.Run
                : &GemmTile8x1<Vector128Ops, Vector128<float>, TapMajor, Rectify<Vector128Ops, Vector128<float>>>.Run,
            blocks == 2
                ? &LaneTile8x2<Vector128Ops, Vector128<float>, TapMajor, Rectify<Vector128Ops, Vector128<float>>>.Run
                : &LaneTile8x1<Vector128Ops, Vector128<float>, TapMajor, Rectify<Vector128Ops, Vector128<float>>>.Run);
    }

    private static void AssertSame(
        TileCall call, int blocks, delegate*<TileCall*, void> expectedTile, delegate*<TileCall*, void> foundTile)
    {
        const int OutputStride = 40;
        float[] input = Noise.Array((int)(call.Blocks * call.InputBlockStride), 1);
        float[] weights = Noise.Array((int)(call.Blocks * call.Lanes * blocks * Lanes), 2);
        float[] bias = Noise.Array(blocks * Lanes, 3);
        float[] residual = Noise.Array(blocks * OutputStride, 4);
        var expected = new float[blocks * OutputStride];
        var found = new float[blocks * OutputStride];
        fixed (float* x = input, w = weights, b = bias, r = residual, first = expected, second = found)
        {
            call.Input = x;
            call.Weights = w;
            call.Prefetch = w;
            call.Bias = b;
            call.Residual = r;
            call.OutputBlockStride = OutputStride;
            call.ResidualBlockStride = OutputStride;
            call.Output = first;
            expectedTile(&call);
            call.Output = second;
            foundTile(&call);
        }

        Assert.Contains(expected, value => value > 0);
        Assert.Equal(expected, found);
    }
}
