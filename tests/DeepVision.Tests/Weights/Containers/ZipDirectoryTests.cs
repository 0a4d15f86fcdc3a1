using System.Buffers.Binary;
using System.IO.Compression;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights.Containers;

public sealed class ZipDirectoryTests
{
    private const uint EntrySignature = 0x02014B50;
    private const uint EndSignature = 0x06054B50;

    [Fact]
    public void Read_Zip64Records_AreFollowed()
    {
        using WeightFile file = Fixture.Open(WithZip64(Fixture.BytesOf("module-zip.pth"), wrongStart: false));

        Assert.Equal(6, file.Tensors.Count);
        Assert.Equal(Fixture.Values(0, 54), Fixture.Read(file.Tensors["conv.weight"]));
    }

    [Fact]
    public void Read_Zip64RecordOutsideTheFile_IsRefused() =>
        Assert.Contains("does not lie inside", Refused(WithZip64(Fixture.BytesOf("module-zip.pth"), wrongStart: true)), StringComparison.Ordinal);

    [Fact]
    public void Read_TwoEntriesOfOneName_AreRefused()
    {
        byte[] content = Zip(("a/data.pkl", "}."), ("a/data.pkl", "}."));

        Assert.Contains("two entries named 'a/data.pkl'", Refused(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EntriesOverTheSameBytes_AreRefused()
    {
        byte[] content = Fixture.BytesOf("module-zip.pth");
        int[] entries = [.. EntryOffsets(content)];

        // An entry whose stored bytes run into the next entry's header.
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(entries[1] + 20), 400);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(entries[1] + 24), 400);
        Assert.Contains("overlap", Refused(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EntryThatPointsAtAnothersHeader_IsRefused()
    {
        byte[] content = Fixture.BytesOf("module-zip.pth");
        int[] entries = [.. EntryOffsets(content)];
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(entries[2] + 42), I32(content, entries[1] + 42));

        Assert.Contains("another name", Refused(content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 1, "encrypted")]
    [InlineData(10, 14, "method 14")]
    [InlineData(20, 0x7FFFFFFF, "is said to have")]
    [InlineData(24, 3, "is said to have")]
    [InlineData(42, 0x7FFFFFF0, "is said to start")]
    [InlineData(28, 0xFFFF, "beyond its end")]
    [InlineData(28, 3, "does not agree")]
    public void Read_WrongFieldOfAnEntry_IsRefused(int field, int value, string expected)
    {
        byte[] content = Fixture.BytesOf("module-zip.pth");
        int at = EntryOffsets(content).First() + field;
        if (field is 8 or 10 or 28)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(at), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(at), value);
        }

        Assert.Contains(expected, Refused(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeflatedEntryThatClaimsTooMuch_IsRefused()
    {
        byte[] content = Fixture.BytesOf("module-deflated.pth");
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(EntryOffsets(content).First() + 24), int.MaxValue);

        Assert.Contains("more than deflate can do", Refused(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeflatedEntryShorterThanClaimed_IsRefused()
    {
        byte[] content = Fixture.BytesOf("module-deflated.pth");
        int at = EntryOffsets(content).First() + 24;
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(at), I32(content, at) + 1);

        Assert.Contains("end before", Refused(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeflatedStorages_CountWhatIsDecompressed()
    {
        // The tensors take 268 bytes as float32, and reading them decompresses 272.
        using WeightFile file = WeightFile.Open(Fixture.PathOf("module-deflated.pth"), new WeightFileOptions { MaxTotalBytes = 600 });
        Assert.Equal(6, file.Tensors.Count);

        Assert.Throws<WeightsException>(() => WeightFile.Open(Fixture.PathOf("module-deflated.pth"), new WeightFileOptions { MaxTotalBytes = 400 }));
        using WeightFile stored = WeightFile.Open(Fixture.PathOf("module-zip.pth"), new WeightFileOptions { MaxTotalBytes = 400 });
    }

    [Fact]
    public void Read_ViewsOfDeflatedStorages_AreReadUnlessTheySkipMostOfThem()
    {
        using WeightFile stored = WeightFile.Open(Fixture.PathOf("views-zip.pth"));
        using WeightFile deflated = Fixture.Open(Deflated(Fixture.BytesOf("views-zip.pth")));

        foreach ((string key, WeightHandle handle) in stored.Tensors.Where(tensor => tensor.Key != "sparse"))
        {
            Assert.Equal(Fixture.Read(handle), Fixture.Read(deflated.Tensors[key]));
        }

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Read(deflated.Tensors["sparse"]));
        Assert.Contains("4 of 1951 elements", exception.Message, StringComparison.Ordinal);
        Assert.Equal("sparse", exception.Key);
    }

    [Fact]
    public void Read_ZipWithoutPickle_SaysSo() => Assert.Contains("no 'data.pkl'", Refused(Zip(("a.npy", "x"))), StringComparison.Ordinal);

    [Fact]
    public void Read_TwoPickles_AreRefused() => Assert.Contains("2 entries 'data.pkl'", Refused(Zip(("a/data.pkl", "}."), ("b/data.pkl", "}."))), StringComparison.Ordinal);

    [Fact]
    public void Read_CommentAtTheEnd_IsSkipped()
    {
        byte[] content = [.. Fixture.BytesOf("module-zip.pth"), .. "hello"u8];
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(content.Length - 5 - 2), 5);

        using WeightFile file = Fixture.Open(content);

        Assert.Equal(6, file.Tensors.Count);
    }

    [Theory]
    [InlineData("module-zip.pth", 1, 0)]
    [InlineData("module-zip.pth", 100, 0)]
    [InlineData("module-zip.pth", 200_000, 0)]
    [InlineData("module-deflated.pth", 512, 0)]
    [InlineData("module-zip.pth", 0, 700)]
    [InlineData("module-zip.pth", 3_000_000, 100_000)]
    [InlineData("module-deflated.pth", 100_000, 3000)]
    public void Read_BytesBehindTheArchive_ArePassedOver(string name, int zeros, int others)
    {
        byte[] noise = [.. Enumerable.Range(0, others).Select(i => (byte)(i * 31 % 251 + 1)), .. new byte[zeros]];

        using WeightFile file = Fixture.Open([.. Fixture.BytesOf(name), .. noise]);

        Assert.Equal(Fixture.Values(0, 54), Fixture.Read(file.Tensors["conv.weight"]));
    }

    [Fact]
    public void Read_EndRecordsInThePadding_DoNotHideTheArchive()
    {
        byte[] record = [.. "PK\u0005\u0006"u8, .. new byte[14], 9, 0, 9, 0];

        using WeightFile file = Fixture.Open([.. Fixture.BytesOf("module-zip.pth"), .. record, .. record, .. new byte[50]]);

        Assert.Equal(6, file.Tensors.Count);
    }

    [Theory]
    [InlineData("weights.npy", ".npz")]
    [InlineData("model.weights.h5", "Keras")]
    [InlineData("inside/resnet.pth", "unpack it first")]
    [InlineData("models/model.json", "torch.export")]
    public void Read_OtherArchive_IsNamed(string entry, string expected) => Assert.Contains(expected, Refused(Zip((entry, "x"))), StringComparison.Ordinal);

    private static string Refused(byte[] content) => Assert.Throws<WeightsException>(() =>
    {
        using WeightFile file = Fixture.Open(content);
    }).Message;

    private static int I32(byte[] content, int at) => BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(at));

    private static IEnumerable<int> EntryOffsets(byte[] content) =>
        Enumerable.Range(0, content.Length - 4).Where(at => I32(content, at) == EntrySignature);

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(System.Text.Encoding.ASCII.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Deflated(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(content)))
        using (var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using Stream from = entry.Open();
                using Stream to = target.CreateEntry(entry.FullName, CompressionLevel.Optimal).Open();
                from.CopyTo(to);
            }
        }

        return stream.ToArray();
    }

    // Replaces the end record by a zip64 record, its locator, and an end record that defers to them.
    private static byte[] WithZip64(byte[] content, bool wrongStart)
    {
        int end = Enumerable.Range(0, content.Length - 3).Last(at => (uint)I32(content, at) == EndSignature);
        byte[] record = new byte[56 + 20 + 22];
        Span<byte> bytes = record;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], 44);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(end + 10)));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(end + 10)));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], I32(content, end + 12));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], wrongStart ? 1L << 50 : I32(content, end + 16));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[56..], 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[64..], end);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[72..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[76..], EndSignature);
        bytes[84..96].Fill(0xFF);
        return [.. content[..end], .. record];
    }
}
