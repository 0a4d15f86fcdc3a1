using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests;

/// <summary>Comparisons of tensors with numbers.</summary>
internal static class TensorAssert
{
    // Both sides compute in single precision, and may order a sum in another way.
    private const float Tolerance = 2e-6f;

    /// <summary>Requires a shape and elements, each within a few roundings.</summary>
    public static void Equal(long[] shape, float[] expected, Tensor found)
    {
        Assert.Equal(shape, found.shape);
        Equal(expected, found);
    }

    /// <summary>Requires elements of any type of number, each within a few roundings.</summary>
    public static void Equal(float[] expected, Tensor found)
    {
        float[] values = found.@float().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = Math.Abs(expected[i] - values[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])) || expected[i].Equals(values[i]);
            Assert.True(close, $"element {i}: expected {expected[i]:R}, found {values[i]:R}");
        }
    }

    /// <summary>Requires booleans.</summary>
    public static void Equal(bool[] expected, Tensor found) => Assert.Equal(expected, found.data<bool>().ToArray());
}
