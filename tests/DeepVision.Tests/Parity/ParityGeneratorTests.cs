using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>The C# generator gives the bits that numpy gave when the golden outputs were computed.</summary>
public sealed class ParityGeneratorTests
{
    private static readonly JsonElement Golden = GoldenFolder.Json("generator.json");

    public static TheoryData<int> WeightCases { get; } = [.. Enumerable.Range(0, Golden.GetProperty("weights").GetArrayLength())];

    [Theory]
    [MemberData(nameof(WeightCases))]
    public void Values_OfKey_AreTheBitsOfNumpy(int index)
    {
        JsonElement entry = Golden.GetProperty("weights")[index];
        string key = entry.GetProperty("key").GetString()!;
        HashSet<string> keys = [.. GoldenFolder.Keys(entry.GetProperty("model").GetString()!).Select(k => k.Key)];
        var shape = new TensorShape([.. entry.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())]);

        float[] values = ParityWeights.Values(key, shape, keys);

        for (int i = 0; i < 3; i++)
        {
            uint expected = uint.Parse(entry.GetProperty("first")[i].GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Assert.Equal(BitConverter.UInt32BitsToSingle(expected), values[i]);
        }

        Assert.Equal(entry.GetProperty("sha256").GetString(), Digest(MemoryMarshal.AsBytes(values.AsSpan())));
    }

    [Fact]
    public void Handle_Read_GivesTheGeneratedValues()
    {
        HashSet<string> keys = ["bn1.weight", "bn1.running_var"];
        var shape = new TensorShape(64);
        float[] read = new float[64];

        ParityWeights.Handle("bn1.weight", shape, keys).ReadFloats(read);

        Assert.Equal(ParityWeights.Values("bn1.weight", shape, keys), read);
    }

    [Fact]
    public void Rgb_AtSize_IsTheImageOfNumpy()
    {
        foreach (JsonElement entry in Golden.GetProperty("images").EnumerateArray())
        {
            var image = ParityImages.Rgb(
                entry.GetProperty("image").GetInt32(), entry.GetProperty("width").GetInt32(), entry.GetProperty("height").GetInt32());
            Assert.Equal(entry.GetProperty("sha256").GetString(), Digest(image.Pixels));
        }
    }

    [Fact]
    public void Batch_AtSize_IsTheBatchOfNumpy()
    {
        foreach (JsonElement entry in Golden.GetProperty("batches").EnumerateArray())
        {
            HostTensor batch = ParityImages.Batch(
                entry.GetProperty("batch").GetInt32(), entry.GetProperty("height").GetInt32(), entry.GetProperty("width").GetInt32());
            Assert.Equal(entry.GetProperty("sha256").GetString(), Digest(MemoryMarshal.AsBytes(batch.Values)));
        }
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
