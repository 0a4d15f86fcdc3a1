using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

public sealed class TorchZipWriterTests
{
    private static readonly WeightType[] Types = Enum.GetValues<WeightType>();

    [Fact]
    public void Write_EveryType_IsReadAgainAsItWas()
    {
        using WeightFile source = WeightFile.Open(Fixture.PathOf("types.safetensors"));
        using var stream = new MemoryStream();
        TorchZipWriter.Write(stream, source.Tensors);

        using WeightFile written = WeightFile.Open(stream, "written");

        Assert.Equal(WeightFileFormat.TorchZip, written.Format);
        Assert.Equal(source.Tensors.Keys, written.Tensors.Keys);
        Assert.Equal(Types.Length, written.Tensors.Values.Select(handle => handle.Type).Distinct().Count());
        foreach ((string key, WeightHandle handle) in source.Tensors)
        {
            Assert.Equal((handle.Type, handle.Shape), (written.Tensors[key].Type, written.Tensors[key].Shape));
            Assert.Equal(Fixture.Read(handle), Fixture.Read(written.Tensors[key]));
        }
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        Assert.Equal(Bytes(), Bytes());

        static byte[] Bytes()
        {
            using var stream = new MemoryStream();
            TorchZipWriter.Write(stream, Two());
            return stream.ToArray();
        }
    }

    [Fact]
    public void Write_AsFloat16_HalvesTheStorage()
    {
        using var stream = new MemoryStream();
        TorchZipWriter.Write(stream, Two(), WeightType.Float16);

        using WeightFile written = WeightFile.Open(stream, "written");

        Assert.All(written.Tensors.Values, handle => Assert.Equal(WeightType.Float16, handle.Type));
        Assert.Equal([1f, 2f], Fixture.Read(written.Tensors["a"]));
    }

    [Fact]
    public void Write_KeyTwice_IsAnError()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => TorchZipWriter.Write(new MemoryStream(), Two().Concat(Two())));

        Assert.Contains("'a'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AsInteger_IsAnError() =>
        Assert.Throws<ArgumentException>(() => TorchZipWriter.Write(new MemoryStream(), Two(), WeightType.Int64));

    [Fact]
    public void Write_FailingHalfway_KeepsTheOldFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pth");
        try
        {
            File.WriteAllText(path, "old");
            var broken = new KeyValuePair<string, WeightHandle>("c", WeightHandle.FromMemory(new TensorShape(1), new float[] { 1e30f }));

            Assert.Throws<WeightsException>(() => TorchZipWriter.Write(path, Two().Append(broken), WeightType.Float16));

            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static KeyValuePair<string, WeightHandle>[] Two() =>
    [
        new("a", WeightHandle.FromMemory(new TensorShape(2), new float[] { 1, 2 })),
        new("b.ü", WeightHandle.FromMemory(new TensorShape(2, 0, 3), Array.Empty<float>())),
    ];
}
