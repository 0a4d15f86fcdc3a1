using System.Buffers.Binary;
using System.Text;
using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

public sealed class SafeTensorsTests
{
    private static readonly (string Key, WeightType Type)[] Types =
    [
        ("F64", WeightType.Float64), ("I64", WeightType.Int64), ("F32", WeightType.Float32), ("I32", WeightType.Int32),
        ("F16", WeightType.Float16), ("BF16", WeightType.BFloat16), ("I16", WeightType.Int16), ("I8", WeightType.Int8),
        ("U8", WeightType.UInt8), ("BOOL", WeightType.Boolean),
    ];

    [Fact]
    public void Open_EveryType_GivesValuesAndMetadata()
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf("types.safetensors"));

        Assert.Equal(WeightFileFormat.SafeTensors, file.Format);
        Assert.Equal([.. Types.Select(row => row.Key), "scalar", "empty"], file.Tensors.Keys);
        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt", ["note"] = "café" }, file.Metadata);
        for (int seed = 0; seed < Types.Length; seed++)
        {
            WeightHandle handle = file.Tensors[Types[seed].Key];
            Assert.Equal(Types[seed].Type, handle.Type);
            Assert.Equal(Fixture.Values(seed, 35, handle.Type), Fixture.Read(handle));
        }

        Assert.Equal([7f], Fixture.Read(file.Tensors["scalar"]));
        Assert.Equal(new TensorShape(0, 3), file.Tensors["empty"].Shape);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "'F8_E4M3' is not read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "expected 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}""", "do not lie inside the 4 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", "do not lie inside")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", "gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "cover 3")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "extent 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", "MaxTotalBytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,4],"data_offsets":[0,4]}}""", "7 dimensions")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,4]}}""", "integers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4]}}""", "data_offsets")]
    [InlineData("""{"__metadata__":{"x":1}}""", "not a JSON string")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", "twice")]
    [InlineData("""{"a":7}""", "not a JSON object")]
    [InlineData("""{"a":""", "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "not valid JSON")]
    [InlineData("""{} {}""", "not valid JSON")]
    public void Open_BadHeader_SaysWhatIsWrong(string header, string expected)
    {
        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(Content(header, 4)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E4M3", "4", 4)]
    [InlineData("F8_E5M2", "4", 4)]
    [InlineData("F4", "8", 4)]
    [InlineData("U16", "2", 4)]
    [InlineData("U32", "1", 4)]
    [InlineData("U64", "1", 8)]
    [InlineData("C64", "1", 8)]
    [InlineData("F32", "1,1,1,1,1,1,1", 4)]
    public void Open_TensorThatCannotBeRead_IsRefusedWhenItIsAskedFor(string type, string shape, int bytes)
    {
        string header = $$$"""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"x":{"dtype":"{{{type}}}","shape":[{{{shape}}}],"data_offsets":[2,{{{2 + bytes}}}]}}""";

        using WeightFile file = Fixture.Open(Content(header, 2 + bytes));

        Assert.Equal([0f, 0f], Fixture.Read(Assert.Single(file.Tensors).Value));
        Assert.Equal("x", Assert.Single(file.UnreadableTensors).Key);
        Assert.Equal("x", Assert.Throws<WeightsException>(() => file.Tensors["x"]).Key);
    }

    [Fact]
    public void Open_HeaderOfAnyLength_IsRecognized()
    {
        // A length of 128, 384 ... bytes begins as a pickle does.
        const string Header = """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";
        for (int length = Header.Length; length < 1500; length++)
        {
            using WeightFile file = Fixture.Open(Content(Header.PadRight(length), 2));
            Assert.Equal(WeightFileFormat.SafeTensors, file.Format);
        }
    }

    [Fact]
    public void Open_UnknownFields_ArePassedOver()
    {
        const string Header = """{"a":{"note":{"by":["x",{"y":1}]},"dtype":"U8","shape":[2],"data_offsets":[0,2],"quantization":null}}""";

        using WeightFile file = Fixture.Open(Content(Header, 2));

        Assert.Equal(["a"], file.Tensors.Keys);
    }

    [Theory]
    [InlineData("module.a|module.b.c", "a|b.c", "module.")]
    [InlineData("_orig_mod.a|_orig_mod.b", "a|b", "_orig_mod.")]
    [InlineData("_orig_mod.module.a|_orig_mod.module.b", "a|b", "_orig_mod.module.")]
    [InlineData("module._orig_mod.module.a", "a", "module._orig_mod.module.")]
    [InlineData("_fsdp_wrapped_module.a|_fsdp_wrapped_module.b", "a|b", "_fsdp_wrapped_module.")]
    [InlineData("n_averaged|module.a|module.b", "a|b", "module.")]
    [InlineData("module.n_averaged|module.module.a", "a", "module.module.")]
    [InlineData("_orig_mod.n_averaged|_orig_mod.module._orig_mod.a", "a", "_orig_mod.module._orig_mod.")]
    [InlineData("steps|module.a", "a", "module.")]
    [InlineData("steps|a", "steps|a", "")]
    [InlineData("module.a|b", "module.a|b", "")]
    [InlineData("_orig_mod.a|b", "_orig_mod.a|b", "")]
    [InlineData("modules.a|modules.b", "modules.a|modules.b", "")]
    [InlineData("module.|module.a", "module.|module.a", "")]
    [InlineData("n_averaged", "n_averaged", "")]
    [InlineData("a._orig_mod.b|c", "a.b|c", "")]
    [InlineData("model._orig_mod.a|model._orig_mod.b", "model.a|model.b", "")]
    [InlineData("a._orig_mod.b|a.b", "a._orig_mod.b|a.b", "")]
    public void Open_KeysBehindWrappers_ArePlain(string keys, string expected, string prefix)
    {
        string[] names = keys.Split('|');
        byte[] content = Written(names.Select(name => KeyValuePair.Create(name, WeightHandle.FromMemory(new TensorShape(1), new float[1]))), null);

        using WeightFile file = Fixture.Open(content);
        using WeightFile kept = Fixture.Open(content, new WeightFileOptions { KeepModulePrefix = true });

        Assert.Equal(expected.Split('|'), file.Tensors.Keys);
        Assert.Equal(prefix, file.RemovedPrefix);
        Assert.Equal(keys.Contains("._orig", StringComparison.Ordinal) && prefix.Length == 0 && expected != keys ? ["_orig_mod."] : [], file.RemovedNames);
        Assert.Equal(names, kept.Tensors.Keys);
    }

    [Fact]
    public void Open_HeaderLongerThanFile_SaysTruncated()
    {
        byte[] content = Content("{}", 0);
        BinaryPrimitives.WriteInt64LittleEndian(content, 1L << 40);

        Assert.Contains("truncated", Assert.Throws<WeightsException>(() => Fixture.Open(content)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("types.safetensors")]
    [InlineData("types-zip.pth")]
    [InlineData("views-legacy.pth")]
    public void Write_OpenFile_KeepsNamesTypesShapesAndBits(string name)
    {
        using WeightFile original = WeightFile.Open(Fixture.PathOf(name));
        using WeightFile copy = Fixture.Open(Written(original.Tensors, new SafeTensorsWriterOptions { Metadata = original.Metadata }));

        Assert.Equal(original.Tensors.Keys, copy.Tensors.Keys);
        Assert.Equal(original.Metadata, copy.Metadata);
        foreach ((string key, WeightHandle handle) in original.Tensors)
        {
            Assert.Equal((handle.Type, handle.Shape), (copy.Tensors[key].Type, copy.Tensors[key].Shape));
            Assert.Equal(Fixture.Read(handle), Fixture.Read(copy.Tensors[key]));
        }
    }

    [Theory]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    [InlineData(WeightType.Float32)]
    [InlineData(WeightType.Float64)]
    public void Write_WithFloatType_ConvertsFloatsOnly(WeightType type)
    {
        using WeightFile original = WeightFile.Open(Fixture.PathOf("types-zip.pth"));
        using WeightFile copy = Fixture.Open(Written(original.Tensors, new SafeTensorsWriterOptions { FloatType = type }));

        foreach ((string key, WeightHandle handle) in original.Tensors)
        {
            bool isFloat = handle.Type is WeightType.Float16 or WeightType.BFloat16 or WeightType.Float32 or WeightType.Float64;
            Assert.Equal(isFloat ? type : handle.Type, copy.Tensors[key].Type);
            Assert.Equal(Fixture.Read(handle), Fixture.Read(copy.Tensors[key]));
        }
    }

    [Fact]
    public void Write_ToBFloat16_RoundsToNearestEven()
    {
        float[] values = [1f, 1.00390625f, 1.01171875f, 1.005859375f, -0f, float.PositiveInfinity, float.NaN, 1e-40f];
        float[] expected = [1f, 1f, 1.015625f, 1.0078125f, -0f, float.PositiveInfinity, float.NaN, 9.183549615799121e-41f];

        using WeightFile file = Fixture.Open(Written(
            [new("x", WeightHandle.FromMemory(new TensorShape(8), values))], new SafeTensorsWriterOptions { FloatType = WeightType.BFloat16 }));

        Assert.Equal(expected, Fixture.Read(file.Tensors["x"]));
    }

    [Fact]
    public void Write_ValueTooLargeForFloat16_NamesTensorAndElement()
    {
        WeightHandle handle = WeightHandle.FromMemory(new TensorShape(2), new float[] { 1, 70000 });

        WeightsException exception = Assert.Throws<WeightsException>(
            () => Written([new("fc.bias", handle)], new SafeTensorsWriterOptions { FloatType = WeightType.Float16 }));

        Assert.Equal("fc.bias", exception.Key);
        Assert.Contains("element 1 is 70000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Twice_GivesSameAlignedBytes()
    {
        using WeightFile original = WeightFile.Open(Fixture.PathOf("types-zip.pth"));
        byte[] first = Written(original.Tensors, null);

        Assert.Equal(first, Written(original.Tensors, null));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(first) % 8);
    }

    [Fact]
    public void Write_SameNameTwice_ThrowsArgumentException()
    {
        WeightHandle handle = WeightHandle.FromMemory(new TensorShape(1), new float[1]);

        Assert.Throws<ArgumentException>(() => Written([new("a", handle), new("a", handle)], null));
    }

    [Fact]
    public void Write_PathAndFailure_LeavesOldFileAndNothingElse()
    {
        string folder = Directory.CreateTempSubdirectory("deepvision-weights").FullName;
        try
        {
            string path = Path.Combine(folder, "a.safetensors");
            SafeTensorsWriter.Write(path, [new("a", WeightHandle.FromMemory(new TensorShape(2), new float[] { 1, 2 }))]);
            byte[] before = File.ReadAllBytes(path);

            WeightHandle bad = WeightHandle.FromMemory(new TensorShape(1), new float[] { 1e30f });
            Assert.Throws<WeightsException>(() => SafeTensorsWriter.Write(path, [new("a", bad)], new() { FloatType = WeightType.Float16 }));

            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Content(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] content = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(content, text.Length);
        text.CopyTo(content, 8);
        return content;
    }

    private static byte[] Written(IEnumerable<KeyValuePair<string, WeightHandle>> tensors, SafeTensorsWriterOptions? options)
    {
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, tensors, options);
        return stream.ToArray();
    }
}
