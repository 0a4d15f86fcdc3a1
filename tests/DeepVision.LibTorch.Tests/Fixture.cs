using System.Text.Json;
using DeepVision.Tests.Shared;
using TorchSharp;

namespace DeepVision.LibTorch.Tests;

/// <summary>Files of Fixtures/, and comparison with what stands in them.</summary>
internal static class Fixture
{
    // Where the machine's libtorch is the fixtures' own, most results are equal to the bit; another release may sum in another order.
    public const double Tolerance = 1e-6;

    public static JsonElement Read(string file) => JsonDocument.Parse(
        File.ReadAllBytes(Repository.PathOf("tests", "DeepVision.LibTorch.Tests", "Fixtures", file))).RootElement;

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    public static float[] Values(torch.Tensor tensor)
    {
        using var host = tensor.detach();
        using var floats = host.to(torch.ScalarType.Float32);
        using var rows = floats.contiguous();
        return rows.data<float>().ToArray();
    }

    public static void AssertClose(JsonElement expected, torch.Tensor actual, string what) => AssertClose(Numbers(expected), Values(actual), what);

    /// <summary>The greatest error, relative to the largest expected value, is within the tolerance.</summary>
    public static void AssertClose(double[] expected, float[] actual, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, found {actual.Length}.");
        var scale = expected.Length == 0 ? 0 : expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= Tolerance * scale, $"{what}[{i}]: expected {expected[i]:R}, found {actual[i]:R}; error {error / scale:E2} of the largest value.");
        }
    }
}
