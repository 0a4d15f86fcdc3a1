using System.IO.Compression;

namespace DeepVision.FashionScenes.Tests;

public sealed class IdxFileTests
{
    private static readonly byte[] s_sample = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void Read_Plain_GivesSizesAndValues()
    {
        IdxFile file = Read(s_sample);

        Assert.Equal([2, 3], file.Sizes);
        Assert.Equal<byte>([1, 2, 3, 4, 5, 6], file.Values.ToArray());
    }

    [Fact]
    public void Read_Compressed_GivesTheSame()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(s_sample);
        }

        Assert.Equal<byte>([1, 2, 3, 4, 5, 6], Read(packed.ToArray()).Values.ToArray());
    }

    [Fact]
    public void Read_CutAnywhere_SaysTruncated()
    {
        for (int length = 0; length < s_sample.Length; length++)
        {
            var error = Assert.Throws<InvalidDataException>(() => Read(s_sample[..length]));
            Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
            Assert.Contains("sample", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_BytesLeftOver_Throws() =>
        Assert.Contains("goes on", Assert.Throws<InvalidDataException>(() => Read([.. s_sample, 0])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1)] // not zero
    [InlineData(2, 13)] // floats
    [InlineData(3, 0)] // no sizes
    [InlineData(3, 5)] // too many sizes
    public void Read_WrongHeader_Throws(int place, byte value)
    {
        byte[] wrong = [.. s_sample];
        wrong[place] = value;

        Assert.Contains("not an IDX file", Assert.Throws<InvalidDataException>(() => Read(wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HugeSizes_ThrowsBeforeItAllocates()
    {
        byte[] huge = [0, 0, 8, 2, 0x07, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Read(huge));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Read_BrokenCompression_Throws() =>
        Assert.Throws<InvalidDataException>(() => Read([0x1F, 0x8B, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]));

    [Fact]
    public void Read_NoFile_NamesThePackage()
    {
        var error = Assert.Throws<FileNotFoundException>(() => IdxFile.Read("no-such-file.gz"));

        Assert.Contains("dataset-fashion-mnist", error.Message, StringComparison.Ordinal);
    }

    private static IdxFile Read(byte[] bytes) => IdxFile.Read(new MemoryStream(bytes), "sample");
}
