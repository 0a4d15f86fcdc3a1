using DeepVision.Weights;

namespace DeepVision.Tests.Weights.Pickles;

public sealed class PickleReaderTests
{
    [Theory]
    [InlineData("cos\nsystem\n(X\u0004\0\0\0echotR.", "os.system")]
    [InlineData("cbuiltins\neval\n.", "builtins.eval")]
    [InlineData("ctorch.storage\n_load_from_bytes\n.", "torch.storage._load_from_bytes")]
    [InlineData("\u008C\u0005posix\u008C\u0006system\u0093.", "posix.system")]
    [InlineData("ctorch.nn.modules.linear\nLinear\n.", "torch.nn.modules.linear.Linear")]
    [InlineData("ctorch\nQInt8Storage\n.", "torch.QInt8Storage")]
    public void Read_GlobalOutsideTheList_IsNamedWithOffsetAndRemedy(string opcodes, string name)
    {
        WeightsException exception = Refused(opcodes);

        Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("torch.save(model.state_dict()", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"at byte {exception.Offset}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownOpcode_IsReportedWithItsOffset()
    {
        WeightsException exception = Refused("}NN\u00FF.");

        Assert.Equal(LegacyFileBuilder.PickleStart + 3, exception.Offset);
        Assert.Contains("0xFF", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.", "empty stack")] // POP of nothing
    [InlineData("t.", "mark")] // TUPLE without MARK
    [InlineData("((0t0t.", "mark")] // POP takes the inner mark
    [InlineData("N(\u0085.", "empty stack")] // nothing above the mark
    [InlineData("}h\u0005.", "never filled")] // BINGET of an empty slot
    [InlineData("}r\u00FF\u00FF\u00FF\u007F.", "out of order")] // a memo index that would need 16 GB
    [InlineData("}r\u00FF\u00FF\u00FF\u00FF.", "out of order")]
    [InlineData("X\u00FF\u00FF\u00FF\u007F.", "bytes is announced")] // a text of 2 GB
    [InlineData("\u008D\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF.", "bytes is announced")]
    [InlineData("\u008B\u00FF\u00FF\u00FF\u007F.", "an integer of")]
    [InlineData("NNa.", "not a list")]
    [InlineData("NNNs.", "not a dictionary")]
    [InlineData("}(Nu.", "key without a value")]
    [InlineData("NN.", "left over")]
    [InlineData("N)R.", "not a known global")]
    [InlineData("NQ.", "persistent id")]
    [InlineData("ccollections\nOrderedDict\nN\u0085R.", "list of pairs")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n(NNNNtR.", "(storage, offset, size, stride)")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "do not fit")]
    [InlineData("\u0082\u0001.", "extension registry")]
    [InlineData("\u0080\u0009.", "protocol 9")]
    [InlineData("Ieleven\n.", "'eleven'")]
    [InlineData("\u008C\u0001\u00FF.", "UTF-8")]
    [InlineData("(S'a'\n.", "protocol=2")] // protocol 0
    [InlineData("(Va\n.", "protocol=2")]
    [InlineData("N.", "a dictionary of tensors")]
    public void Read_DamagedPickle_SaysWhatIsWrong(string opcodes, string expected) =>
        Assert.Contains(expected, Refused(opcodes).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_HarmlessOpcodes_AreRead()
    {
        // Each entry: a key and a value made by other opcodes than torch.save's; then the tensor that has to survive them.
        LegacyFileBuilder builder = new LegacyFileBuilder()
            .Text("int").Raw("I-12\n").Text("bool").Raw("I01\n").Text("long").Raw("L123456789012L\n").Text("float").Raw("F1.5\n")
            .Text("double").Raw("G\u003F\u00F0\0\0\0\0\0\0").Text("none").Raw("N").Text("true").Raw("\u0088")
            .Text("bytes").Raw("C\u0001a").Text("str2").Raw("U\u0001\u00E9").Text("list").Raw("(NNl").Text("tuple").Raw("NNN\u0087")
            .Text("dict").Raw("(NNd").Text("set").Raw("\u008F(N\u0090").Text("frozen").Raw("(N\u0091").Text("dup").Raw("N20")
            .Text("memo").Raw("]\u0094").Text("popped").Raw("N(NN1").Text("put").Raw("Np5\n").Text("get").Raw("g5\n")
            .Text("bytearray").Raw("\u0096\u0001\0\0\0\0\0\0\0a").Text("frame").Raw("\u0095\0\0\0\0\0\0\0\0N")
            .Text("device").Raw("ctorch\ndevice\n\u008C\u0003cpu\u0085R").Text("namespace").Raw("cargparse\nNamespace\n)\u0081}b")
            .Tensor("weight", 0, [24], [1]);

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), Fixture.Read(file.Tensors["weight"]));
        Assert.Single(file.Tensors);
    }

    [Fact]
    public void Read_OrderedDictOfPython2_IsMadeFromPairs()
    {
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("state_dict").Raw("ccollections\nOrderedDict\n](](")
            .Tensor("weight", 0, [2], [1]).Raw("ee\u0085R");

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal([0f, 1f], Fixture.Read(file.Tensors["weight"]));
    }

    [Fact]
    public void Read_DictionaryInsideItself_Ends()
    {
        // }q0 X"self" h0 s: the dictionary holds itself, beside a tensor.
        LegacyFileBuilder builder = new LegacyFileBuilder().Text("net").Raw("}q\u0000").Text("self").Raw("h\0s(").Tensor("weight", 0, [2], [1]).Raw("u");

        using WeightFile file = Fixture.Open(builder.DictionaryFile());

        Assert.Equal(["weight"], file.Tensors.Keys);
    }

    [Fact]
    public void Read_DictionariesThatDoubleAtEachLevel_EndQuickly()
    {
        // Level k holds level k-1 twice: 2^28 paths lead to the innermost dictionary, which is visited once. Each level is
        // remembered in slot 1 and popped.
        LegacyFileBuilder builder = new LegacyFileBuilder().Raw("}(").Tensor("weight", 0, [2], [1]).Raw("uq\u00010");
        for (int level = 0; level < 28; level++)
        {
            builder.Raw("}(").Text("a").Raw("h\u0001").Text("b").Raw("h\u0001uq\u00010");
        }

        using WeightFile file = Fixture.Open(builder.Text("net").Raw("h\u0001").DictionaryFile());

        Assert.Equal(["weight"], file.Tensors.Keys);
        Assert.Equal("net" + string.Concat(Enumerable.Repeat(".a", 28)), file.Root);
    }

    [Fact]
    public void Read_DeeplyNestedDictionaries_AreRefused()
    {
        const int Depth = 100_000;
        var builder = new LegacyFileBuilder().Text("net");
        builder.Raw(string.Concat(Enumerable.Repeat("}\u008C\u0001a", Depth))).Raw("N").Raw(new string('s', Depth));

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(builder.DictionaryFile(withStorage: false)));

        Assert.Contains("nested more than", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N", "stack")]
    [InlineData("(", "marks")]
    [InlineData("}0", "objects")]
    public void Read_EndlessRepetition_IsStopped(string opcodes, string expected) =>
        Assert.Contains(expected, Refused(string.Concat(Enumerable.Repeat(opcodes, 3_000_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ManyElementsThatTakeNoMemoryOfTheirOwn_AreStopped()
    {
        // 60 KB of a deflated file would be a list of half a gigabyte.
        string batch = "(" + new string('N', 900_000) + "e";

        Assert.Contains("objects", Refused("]" + string.Concat(Enumerable.Repeat(batch, 20))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneListMadeIntoManyDictionaries_IsStopped()
    {
        // ](...)q0 with 2,000 pairs, then the same list into an OrderedDict over and over.
        string pairs = "](" + string.Concat(Enumerable.Repeat("\u008C\u0001aN\u0086", 2000)) + "eq\0";
        string copies = string.Concat(Enumerable.Repeat("h\u0001h\0\u0085R0", 100_000));

        Assert.Contains("objects", Refused("ccollections\nOrderedDict\nq\u0001" + pairs + copies).Message, StringComparison.Ordinal);
    }

    private static WeightsException Refused(string opcodes) =>
        Assert.Throws<WeightsException>(() => Fixture.Open(new LegacyFileBuilder().Raw(opcodes).RawFile()));
}
