using System.Runtime.InteropServices;
using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

public sealed class WeightConversionTests
{
    [Fact]
    public void ToFloats_EveryFloat16_EqualsTheRuntimesConversion()
    {
        ushort[] halves = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        float[] floats = new float[halves.Length];

        WeightConversion.ToFloats(WeightType.Float16, MemoryMarshal.AsBytes(halves.AsSpan()), floats);

        for (int i = 0; i < halves.Length; i++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf(halves[i]);
            bool isSame = float.IsNaN(expected)
                ? float.IsNaN(floats[i])
                : BitConverter.SingleToInt32Bits(floats[i]) == BitConverter.SingleToInt32Bits(expected);
            Assert.True(isSame, $"0x{i:X4}: expected {expected:R}, found {floats[i]:R}");
        }
    }

    [Fact]
    public void ToFloats_EveryBFloat16_IsTheUpperHalf()
    {
        ushort[] values = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        float[] floats = new float[values.Length];

        WeightConversion.ToFloats(WeightType.BFloat16, MemoryMarshal.AsBytes(values.AsSpan()), floats);

        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal((uint)i << 16, BitConverter.SingleToUInt32Bits(floats[i]));
        }
    }

    [Theory]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    public void ToFloats_LengthsAroundTheVectorWidth_ConvertEveryElement(WeightType type)
    {
        foreach (int length in (int[])[0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33])
        {
            // 0x4000 is 2 in both types.
            byte[] source = [.. Enumerable.Range(0, 2 * length).Select(i => (byte)(i % 2 == 0 ? 0 : 0x40))];
            float[] floats = new float[length];

            WeightConversion.ToFloats(type, source, floats);

            Assert.All(floats, value => Assert.Equal(2f, value));
        }
    }

    [Fact]
    public void ToFloats_ExtremeIntegers_Round()
    {
        byte[] source = [.. BitConverter.GetBytes(long.MinValue), .. BitConverter.GetBytes(long.MaxValue), .. BitConverter.GetBytes(343102L)];
        float[] floats = new float[3];

        WeightConversion.ToFloats(WeightType.Int64, source, floats);

        Assert.Equal([-9.223372e18f, 9.223372e18f, 343102f], floats);
    }
}
