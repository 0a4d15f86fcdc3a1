using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

public sealed class WeightFileTests
{
    private static readonly string[] ModuleKeys =
        ["conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"];

    [Theory]
    [InlineData("module-zip.pth", WeightFileFormat.TorchZip)]
    [InlineData("module-legacy.pth", WeightFileFormat.TorchLegacy)]
    [InlineData("module-deflated.pth", WeightFileFormat.TorchZip)]
    [InlineData("little-endian.pth", WeightFileFormat.TorchZip)]
    public void Open_StateDict_GivesTensorsInOrderWithValues(string name, WeightFileFormat format)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));

        Assert.Equal(format, file.Format);
        Assert.Equal(ModuleKeys, file.Tensors.Keys);
        Assert.Equal(new TensorShape(3, 2, 3, 3), file.Tensors["conv.weight"].Shape);
        Assert.Equal(WeightType.Int64, file.Tensors["bn.num_batches_tracked"].Type);
        for (int seed = 0; seed < ModuleKeys.Length; seed++)
        {
            WeightHandle handle = file.Tensors[ModuleKeys[seed]];
            Assert.Equal(Fixture.Values(seed, (int)handle.Shape.ElementCount, handle.Type), Fixture.Read(handle));
        }
    }

    [Theory]
    [InlineData("module-zip.pth")]
    [InlineData("module-legacy.pth")]
    public void ModuleVersions_OfStateDict_AreThoseOfItsMetadata(string name)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));

        Assert.Equal(new Dictionary<string, int> { [""] = 1, ["conv"] = 1, ["bn"] = 2 }, file.ModuleVersions);
    }

    [Theory]
    [InlineData("parallel-zip.pth")]
    [InlineData("parallel-legacy.pth")]
    public void Open_AllKeysUnderModule_RemovesPrefixFromKeysAndVersions(string name)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));

        Assert.Equal("module.", file.RemovedPrefix);
        Assert.Equal(ModuleKeys, file.Tensors.Keys);
        Assert.Equal(new Dictionary<string, int> { [""] = 1, ["conv"] = 1, ["bn"] = 2 }, file.ModuleVersions);
    }

    [Fact]
    public void Open_KeepModulePrefix_LeavesKeysAndVersions()
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf("parallel-zip.pth"), new WeightFileOptions { KeepModulePrefix = true });

        Assert.Equal("", file.RemovedPrefix);
        Assert.Equal(ModuleKeys.Select(key => "module." + key), file.Tensors.Keys);
        Assert.Equal(2, file.ModuleVersions["module.bn"]);
    }

    [Theory]
    [InlineData("types-zip.pth")]
    [InlineData("types-legacy.pth")]
    public void ReadFloats_EveryType_GivesItsValues(string name)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));
        (string Key, WeightType Type)[] rows =
        [
            ("float32", WeightType.Float32), ("float64", WeightType.Float64), ("float16", WeightType.Float16),
            ("bfloat16", WeightType.BFloat16), ("int64", WeightType.Int64), ("int32", WeightType.Int32),
            ("int16", WeightType.Int16), ("int8", WeightType.Int8), ("uint8", WeightType.UInt8), ("bool", WeightType.Boolean),
        ];

        for (int seed = 0; seed < rows.Length; seed++)
        {
            WeightHandle handle = file.Tensors[rows[seed].Key];
            Assert.Equal(rows[seed].Type, handle.Type);
            Assert.Equal(new TensorShape(5, 7), handle.Shape);
            Assert.Equal(Fixture.Values(seed, 35, handle.Type), Fixture.Read(handle));
        }

        Assert.Equal(0, file.Tensors["scalar"].Shape.Rank);
        Assert.Equal([Fixture.Value(10, 0)], Fixture.Read(file.Tensors["scalar"]));
        Assert.Equal(new TensorShape(0, 3), file.Tensors["empty"].Shape);
        Assert.Empty(Fixture.Read(file.Tensors["empty"]));
        Assert.Equal(Fixture.Values(11, 4), Fixture.Read(file.Tensors["parameter"]));
    }

    [Theory]
    [InlineData("views-zip.pth")]
    [InlineData("views-legacy.pth")]
    public void ReadFloats_Views_FollowOffsetAndStrides(string name)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));
        float[] Read(string key) => Fixture.Read(file.Tensors[key]);
        float[] Indices(int seed, IEnumerable<int> indices) => [.. indices.Select(index => Fixture.Value(seed, index))];

        Assert.Equal(Fixture.Values(0, 48), Read("base"));
        Assert.Equal(Indices(0, Enumerable.Range(16, 24)), Read("rows"));
        Assert.Equal(Indices(0, from x in Enumerable.Range(0, 8) from y in Enumerable.Range(0, 6) select y * 8 + x), Read("transposed"));
        Assert.Equal(Indices(0, Enumerable.Range(0, 16).Select(i => 1 + 3 * i)), Read("every_third"));
        Assert.Equal(Indices(0, from _ in Enumerable.Range(0, 3) from x in Enumerable.Range(0, 4) select x), Read("expanded"));
        Assert.Equal(Fixture.Values(1, 120), Read("channels_last"));
        Assert.Equal(
            Indices(2, from k in Enumerable.Range(0, 4) from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) select (i * 3 + j) * 4 + k),
            Read("permuted"));
        Assert.Equal(Indices(3, Enumerable.Range(0, 4).Select(i => i * 13 * 50 + 7)), Read("sparse"));
    }

    [Fact]
    public void Open_NoWeightFile_SaysWhatItIs()
    {
        (byte[] Content, string Expected)[] rows =
        [
            ([], "empty"),
            ([0x1F, 0x8B, 8, 0], "gzip"),
            ("<!DOCTYPE html>"u8.ToArray(), "web page"),
            ("version https://git-lfs.github.com/spec/v1"u8.ToArray(), "Git LFS"),
            ([.. new byte[257], .. "ustar"u8], "tar"),
            (new byte[100], "no known weight format"),
            ([0x80, 2, (byte)'}', (byte)'.'], "not one of torch.save's"),
            ("\n <html>"u8.ToArray(), "web page"),
            ("{\"error\": \"not found\"}"u8.ToArray(), "JSON"),
            ("BZh91AY"u8.ToArray(), "bzip2"),
            ([0xFD, .. "7zXZ\0"u8], "xz"),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"),
            ("GGUF\u0003\0\0\0"u8.ToArray(), "GGUF"),
            ([28, 0, 0, 0, .. "TFL3"u8, 0, 0], "TensorFlow Lite"),
            ([0x89, .. "HDF\r\n"u8], "HDF5"),
            ([0x93, .. "NUMPY\u0001\0"u8], ".npy"),
            ([8, 8, 0x12, 7, .. "pytorch\u001A\u0003"u8, .. new byte[20]], "ONNX"),
            ([8, 10, 0x3A, 0xC2, 4, .. new byte[40]], "ONNX"),
            ([8, 1, 0x12, 0x80, 4, 10, .. new byte[40]], "SavedModel"),
            ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG"),
            ([0x89, .. "PNG\r\n"u8], "PNG"),
            ([0, 0, 0, 24, .. "ftypheic"u8], "HEIC"),
            ("II*\0"u8.ToArray(), "TIFF"),
            ("PK\u0005\u0006"u8.ToArray(), "empty zip"),
        ];

        foreach ((byte[] content, string expected) in rows)
        {
            WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(content));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
            Assert.Equal("test", exception.FileName);
        }
    }

    [Theory]
    [InlineData("torchscript.pt", "torch.save(model.state_dict()")]
    [InlineData("torchscript.pt", "TorchScript")]
    [InlineData("big-endian.pth", "'big'")]
    public void Open_RefusedFile_SaysWhy(string name, string expected)
    {
        WeightsException exception = Assert.Throws<WeightsException>(() => WeightFile.Open(Fixture.PathOf(name)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("module-zip.pth")]
    [InlineData("module-legacy.pth")]
    [InlineData("types.safetensors")]
    public void ReadFloats_AfterDispose_ThrowsWeightsException(string name)
    {
        WeightFile file = WeightFile.Open(Fixture.PathOf(name));
        WeightHandle handle = file.Tensors.First(tensor => tensor.Value.Shape.ElementCount > 0).Value;
        file.Dispose();

        Assert.Contains("disposed", Assert.Throws<WeightsException>(() => Fixture.Read(handle)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("views-zip.pth")]
    [InlineData("module-deflated.pth")]
    [InlineData("types.safetensors")]
    public void ReadFloats_FromManyThreads_GivesTheSameValues(string name)
    {
        using WeightFile fromPath = WeightFile.Open(Fixture.PathOf(name));
        using WeightFile fromStream = Fixture.Open(Fixture.BytesOf(name));
        foreach (WeightFile file in (WeightFile[])[fromPath, fromStream])
        {
            Dictionary<string, float[]> expected = file.Tensors.ToDictionary(tensor => tensor.Key, tensor => Fixture.Read(tensor.Value));

            Parallel.For(0, 200, i =>
            {
                (string key, WeightHandle handle) = file.Tensors.ElementAt(i % file.Tensors.Count);
                Assert.Equal(expected[key], Fixture.Read(handle));
            });
        }
    }

    [Fact]
    public void Open_StreamThatCannotSeek_ThrowsArgumentException()
    {
        using var stream = new System.IO.Compression.DeflateStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);

        Assert.Throws<ArgumentException>(() => WeightFile.Open(stream, "test"));
    }

    [Fact]
    public void Open_BeyondALimit_NamesTheLimit()
    {
        (WeightFileOptions Options, string Expected)[] rows =
        [
            (new() { MaxTensors = 5 }, nameof(WeightFileOptions.MaxTensors)),
            (new() { MaxTotalBytes = 200 }, nameof(WeightFileOptions.MaxTotalBytes)),
            (new() { MaxMetadataBytes = 300 }, nameof(WeightFileOptions.MaxMetadataBytes)),
        ];

        foreach ((WeightFileOptions options, string expected) in rows)
        {
            foreach (string name in (string[])["module-zip.pth", "module-legacy.pth", "module-deflated.pth", "types.safetensors"])
            {
                WeightsException exception = Assert.Throws<WeightsException>(() => WeightFile.Open(Fixture.PathOf(name), options));
                Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
            }
        }
    }
}
