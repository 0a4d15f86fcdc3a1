using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

/// <summary>Files that hold Python objects: as the weights, around them or beside them. make_object_fixtures.py writes them.</summary>
public sealed class PythonObjectTests
{
    private static readonly string[] Keys =
        ["conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"];

    // An integer of 300 bytes, as keys of RSA have.
    private const string Huge = "\u008B\u002C\u0001\0\0" + Zeros + Zeros + Zeros;
    private const string Zeros =
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    // The module holds its norm under two names, and its state dict has both.
    private static readonly string[] SharedKeys = [.. Keys, .. Keys[1..].Select(key => key.Replace("bn.", "again.", StringComparison.Ordinal))];

    [Theory]
    [InlineData("module-object-legacy.pth", "", "")]
    [InlineData("module-object-parallel.pth", "", "module.")]
    [InlineData("module-object-ema.pth", "ema", "")]
    [InlineData("objects-zip.pth", "net", "module.")]
    [InlineData("objects-legacy.pth", "net", "module.")]
    public void Open_ModuleOrObjectsBeside_GivesTheStateDict(string name, string root, string prefix)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));

        Assert.Equal((root, prefix), (file.Root, file.RemovedPrefix));
        Assert.Equal(SharedKeys, file.Tensors.Keys);
        AssertValues(file);
    }

    [Theory]
    [InlineData("arrays-zip.pth", WeightFileFormat.TorchZip)]
    [InlineData("arrays-2.pkl", WeightFileFormat.Pickle)]
    [InlineData("arrays-3.pkl", WeightFileFormat.Pickle)]
    [InlineData("arrays-4.pkl", WeightFileFormat.Pickle)]
    [InlineData("arrays-5.pkl", WeightFileFormat.Pickle)]
    [InlineData("scripted-module.pt", WeightFileFormat.TorchZip)]
    public void Open_ArraysOrScript_GivesTheStateDict(string name, WeightFileFormat format)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));

        Assert.Equal(format, file.Format);
        Assert.Equal(Keys.Order(), file.Tensors.Keys.Order());
        AssertValues(file);
    }

    [Theory]
    [InlineData("arrays-2.pkl")]
    [InlineData("arrays-3.pkl")]
    [InlineData("arrays-4.pkl")]
    [InlineData("arrays-5.pkl")]
    public void Open_LongArray_StaysInTheFileAndDoesNotCountAsMetadata(string name)
    {
        var options = new WeightFileOptions { Root = "large", MaxMetadataBytes = name == "arrays-2.pkl" ? 32 << 10 : 4 << 10 };

        using WeightFile file = WeightFile.Open(Fixture.PathOf(name), options);

        Assert.Equal(Fixture.Values(6, 2000), Fixture.Read(file.Tensors["x"]));
    }

    [Fact]
    public void PythonNames_OfACheckpoint_SayWhatWasNotRun()
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf("objects-zip.pth"));

        Assert.Contains("pathlib.PosixPath", file.PythonNames);
        Assert.Contains("mmengine.logging.history_buffer.HistoryBuffer", file.PythonNames);
        Assert.DoesNotContain("collections.OrderedDict", file.PythonNames);
    }

    [Fact]
    public void Tensors_ThatCannotBeRead_AreRefusedWhenTheyAreAskedFor()
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf("unreadable-zip.pth"));

        Assert.Equal(SharedKeys, file.Tensors.Keys);
        Assert.Equal(["sparse", "quantized", "spectrum", "seven"], file.UnreadableTensors.Keys);
        WeightsException exception = Assert.Throws<WeightsException>(() => file.Tensors["sparse"]);
        Assert.Equal("sparse", exception.Key);
        Assert.Contains("to_dense()", exception.Message, StringComparison.Ordinal);
        Assert.Contains("view_as_real", file.UnreadableTensors["spectrum"], StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => file.Tensors["none"]);
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\u0004\0\0\0echotR")] // REDUCE
    [InlineData("cos\nsystem\n)\u0081}b")] // NEWOBJ, BUILD
    [InlineData("cos\nsystem\n)}\u0092")] // NEWOBJ_EX
    [InlineData("(cos\nsystem\nNo")] // OBJ
    [InlineData("(Nios\nsystem\n")] // INST
    [InlineData("Psomewhere\n")] // PERSID
    [InlineData("cos\nsystem\n)R)R")] // a call of what a call gave
    [InlineData("cos\nsystem\n)\u0081(NNu")] // entries
    [InlineData("cos\nsystem\n)\u0081(NNe")] // elements
    [InlineData("cnumpy.core.multiarray\n_reconstruct\nN\u0085RNb")] // an array without a state
    [InlineData("ccopy_reg\n_reconstructor\n(cos\nsystem\nNNtR")]
    [InlineData("ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nN)NtR")]
    [InlineData("c_codecs\nencode\nN\u0085R")]
    [InlineData("X\u0004\0\0\0a\u00ED\u00B3\u00BF")] // a file's name that is no valid text, which Python writes as half a surrogate pair
    [InlineData("L170141183460469231731687303715884105728L\n")] // 2^127
    [InlineData(Huge)]
    public void Open_UnknownObjectBesideATensor_IsInert(string opcodes)
    {
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("object").Raw(opcodes).Tensor("weight", 0, [2], [1]);

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal([0f, 1f], Fixture.Read(Assert.Single(file.Tensors).Value));
    }

    [Theory]
    [InlineData("neg", "resolve_neg()")]
    [InlineData("conj", "resolve_conj()")]
    public void Open_TensorWhoseValuesAreNotWhatIsStored_IsNotRead(string bit, string expected)
    {
        // As PyTorch 2 writes z.conj().imag: a sixth argument for hooks, a seventh for the bits.
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("view").Raw("ctorch._utils\n_rebuild_tensor_v2\n((").Text("storage")
            .Raw("ctorch\nFloatStorage\n").Text("s").Text("cpu").Number(24).Raw("tQ").Number(0).Raw("K\u0002\u0085K\u0001\u0085\u0089N}")
            .Text(bit).Raw("\u0088stR").Tensor("weight", 0, [2], [1]);

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal(["weight"], file.Tensors.Keys);
        Assert.Contains(expected, file.UnreadableTensors["view"], StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MemoIndexBehindALongArray_IsRefused()
    {
        // The array stays in the file, so that an index within the file's length may still be far too large to be a list.
        byte[] content = new LegacyFileBuilder().Raw("}\u008E\0\0\u0080\0\0\0\0\0").Raw(new string('a', 8 << 20)).Raw("r\0\0\u007F\0.").RawFile();

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(content));

        Assert.Contains("out of order", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ObjectWithTensorsInItsState_IsLookedThrough()
    {
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("trainer").Raw("ctrain\nTrainer\n)\u0081}(").Text("best").Raw("}(")
            .Tensor("weight", 0, [2], [1]).Raw("uub");

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal("trainer.best", file.Root);
        Assert.Equal(["weight"], file.Tensors.Keys);
    }

    [Fact]
    public void Open_ObjectWithSlotsAndAttributes_IsLookedThroughInBoth()
    {
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("trainer").Raw("ctrain\nTrainer\n)\u0081}").Text("epoch").Raw("K\u0003s}").Text("best")
            .Raw("}(").Tensor("weight", 0, [2], [1]).Raw("us\u0086b");

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal("trainer.best", file.Root);
    }

    [Fact]
    public void Open_ManyModulesOfOneDictionary_AreStopped()
    {
        // A few hundred thousand bytes, and each module has all names of the one dictionary.
        const int Count = 10_000;
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("state").Raw("}(").Text("_modules").Raw("}").Text("_parameters").Raw("}(");
        for (int i = 0; i < Count; i++)
        {
            builder.Text($"{i}").Raw("N");
        }

        builder.Raw("uuq\u0001");
        for (int i = 0; i < Count; i++)
        {
            builder.Text($"{i}").Raw("cm\nM\n)\u0081h\u0001b");
        }

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(builder.Tensor("weight", 0, [2], [1]).DictionaryFile()));

        Assert.Contains("attributes together", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ModulesThatHoldOneAnotherInManyWays_EndQuickly()
    {
        // Module k holds module k-1 under two names: 2^30 names for one tensor.
        LegacyFileBuilder builder = new LegacyFileBuilder().Raw("cm\nM\n)\u0081}(").Text("_modules").Raw("}").Text("_parameters").Raw("}(")
            .Tensor("weight", 0, [2], [1]).Raw("uubq\u00010");
        for (int level = 0; level < 30; level++)
        {
            builder.Raw("cm\nM\n)\u0081}(").Text("_parameters").Raw("}").Text("_modules").Raw("}(").Text("a").Raw("h\u0001").Text("b")
                .Raw("h\u0001uubq\u00010");
        }

        Assert.Throws<WeightsException>(() => Fixture.Open(builder.Text("net").Raw("h\u0001").DictionaryFile()));
    }

    [Fact]
    public void Open_ModuleInsideItself_Ends()
    {
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("net").Raw("cm\nM\n)\u0081q\u0001}(").Text("_parameters").Raw("}(")
            .Tensor("weight", 0, [2], [1]).Raw("u").Text("_modules").Raw("}(").Text("self").Raw("h\u0001uub");

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal(["weight"], file.Tensors.Keys);
    }

    [Fact]
    public void Open_TextTurnedIntoBytesManyTimes_IsStopped()
    {
        string text = "X\0\u0040\0\0" + new string('a', 0x4000) + "q\u00010";
        string copies = string.Concat(Enumerable.Repeat("c_codecs\nencode\nh\u0001X\u0006\0\0\0latin1\u0086R0", 10_000));

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(new LegacyFileBuilder().Raw(text + copies + "N.").RawFile()));

        Assert.Contains("bytes out of texts", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ctorch._tensor\n_rebuild_from_type_v2\n(c_codecs\nencode\nNh\u0001X\u0006\0\0\0latin1\u0086tR0")] // makes no tensor, so is not called
    [InlineData("cx\nY\n(h\u0001h\u0001tR0")]
    public void Open_TextNamedManyTimes_IsNotCopied(string opcodes)
    {
        string text = "X\0\u0040\0\0" + new string('a', 0x4000) + "q\u00010";
        byte[] content = new LegacyFileBuilder().Raw(text + string.Concat(Enumerable.Repeat(opcodes, 10_000)) + "N.").RawFile();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<WeightsException>(() => Fixture.Open(content));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void Open_ArgumentsOfManyCalls_AreCounted()
    {
        string arguments = "(" + new string('N', 100_000) + "tq\u00010";
        string calls = string.Concat(Enumerable.Repeat("cx\nY\nh\u0001R0", 1000));

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(new LegacyFileBuilder().Raw(arguments + calls + "N.").RawFile()));

        Assert.Contains("objects", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TupleOfStateDictAndEpoch_TakesTheStateDict()
    {
        byte[] content = new LegacyFileBuilder().Raw("}(").Tensor("weight", 0, [2], [1]).Raw("uK\u0003\u0086.").RawFile(withStorage: true);

        using WeightFile file = Fixture.Open(content);

        Assert.Equal("0", file.Root);
    }

    private static void AssertValues(WeightFile file)
    {
        Assert.Equal(new TensorShape(3, 2, 3, 3), file.Tensors["conv.weight"].Shape);
        for (int seed = 0; seed < Keys.Length; seed++)
        {
            WeightHandle handle = file.Tensors[Keys[seed]];
            Assert.Equal(Fixture.Values(seed, (int)handle.Shape.ElementCount, handle.Type), Fixture.Read(handle));
        }
    }
}
