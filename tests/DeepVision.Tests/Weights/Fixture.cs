using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

/// <summary>The files under Fixtures, and the values that make_fixtures.py put into them.</summary>
internal static class Fixture
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Weights", "Fixtures", name);

    public static byte[] BytesOf(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>Element <paramref name="index"/> of the tensor with this seed.</summary>
    public static float Value(int seed, int index, WeightType type = WeightType.Float32)
    {
        int raw = (7 * index + seed) % 64;
        return type switch
        {
            WeightType.Boolean => (7 * index + seed) % 3 == 0 ? 1 : 0,
            WeightType.UInt8 => raw,
            WeightType.Int64 or WeightType.Int32 or WeightType.Int16 or WeightType.Int8 => raw - 32,
            _ => (raw - 32) / 16f,
        };
    }

    public static float[] Values(int seed, int count, WeightType type = WeightType.Float32) =>
        [.. Enumerable.Range(0, count).Select(index => Value(seed, index, type))];

    public static float[] Read(WeightHandle handle)
    {
        float[] values = new float[handle.Shape.ElementCount];
        handle.ReadFloats(values);
        return values;
    }

    public static WeightFile Open(byte[] content, WeightFileOptions? options = null) =>
        WeightFile.Open(new MemoryStream(content, writable: false), "test", options);
}
