using System.Buffers.Binary;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

/// <summary>Offsets and lengths of bitmap headers that cannot be meant.</summary>
public sealed class BmpHeaderTests
{
    private const int PixelOffset = 10;
    private const int Colors = 46;

    public static TheoryData<string> Bitmaps => [.. Fixture.All.Where(fixture => fixture.Format == ImageFormat.Bmp).Select(fixture => fixture.Name)];

    // Pillow's answer: the pixels behind the headers and the palette.
    [Theory]
    [MemberData(nameof(Bitmaps))]
    public void Load_PixelOffsetOfZero_FindsThePixelsBehindTheHeaders(string name) => CheckSame(name, With(name, PixelOffset, 0));

    [Theory]
    [MemberData(nameof(Bitmaps))]
    public void Load_PixelOffsetIntoTheHeaders_FindsThePixelsBehindThem(string name)
    {
        foreach (uint offset in (uint[])[1, 13, 14, 20, 25])
        {
            CheckSame(name, With(name, PixelOffset, offset));
        }
    }

    // Programs that always write 54: the palette is whole all the same.
    [Theory]
    [InlineData("bmp-palette1.bmp")]
    [InlineData("bmp-palette4.bmp")]
    [InlineData("bmp-palette8.bmp")]
    public void Load_PixelOffsetIntoAWholePalette_FindsThePixelsBehindIt(string name)
    {
        CheckSame(name, With(name, PixelOffset, 54));
        CheckSame(name, With(name, PixelOffset, 58));
    }

    [Fact]
    public void Load_PaletteOfFewerColorsThanStated_EndsWhereThePixelsBegin()
    {
        byte[] file = Fixture.Bytes("bmp-palette4.bmp");
        RgbImage whole = ImageFile.Load(file);

        // The colors 8 to 15 are cut out, and nothing says so but the pixels' place.
        byte[] shorter = [.. file[..(54 + 32)], .. file[(54 + 64)..]];
        BinaryPrimitives.WriteUInt32LittleEndian(shorter.AsSpan(PixelOffset), 54 + 32);
        RgbImage image = ImageFile.Load(shorter);

        for (int i = 0; i < whole.Pixels.Length; i += 3)
        {
            ReadOnlySpan<byte> found = image.Pixels.Slice(i, 3);
            Assert.True(found.SequenceEqual(whole.Pixels.Slice(i, 3)) || !found.ContainsAnyExcept((byte)0), $"byte {i}");
        }
    }

    // Run lengths may be of any number; how many there are stands in the header.
    [Fact]
    public void Load_RunLengthsBehindFewerColorsThanStated_AreFound()
    {
        byte[] file = Fixture.Bytes("bmp-rle4.bmp");
        int pixels = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(PixelOffset));
        RgbImage whole = ImageFile.Load(file);
        byte[] shorter = [.. file[..(pixels - 4)], .. file[pixels..]];
        BinaryPrimitives.WriteInt32LittleEndian(shorter.AsSpan(PixelOffset), pixels - 4);
        BinaryPrimitives.WriteInt32LittleEndian(shorter.AsSpan(34), file.Length - pixels);

        RgbImage image = ImageFile.Load(shorter);

        for (int i = 0; i < whole.Pixels.Length; i += 3)
        {
            ReadOnlySpan<byte> found = image.Pixels.Slice(i, 3);
            Assert.True(found.SequenceEqual(whole.Pixels.Slice(i, 3)) || !found.ContainsAnyExcept((byte)0), $"byte {i}");
        }
    }

    // As Pillow has it.
    [Theory]
    [InlineData("bmp-rle4.bmp")]
    [InlineData("bmp-rle8.bmp")]
    public void Load_RunLengthsWithoutMarksBehindTheLastRow_AreWhole(string name)
    {
        byte[] file = Fixture.Bytes(name);
        RgbImage whole = ImageFile.Load(file);

        // One row: a run of its whole length, and with the mark of its end.
        byte[] row = [.. file[..BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(PixelOffset))], (byte)whole.Width, 0x11];
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(22), 1);

        Assert.Equal(ImageFile.Load([.. row, 0, 1]).Pixels, ImageFile.Load(row).Pixels);
        row[^2]--;
        Assert.Equal(ImageFileReason.Truncated, Assert.Throws<ImageFileException>(() => ImageFile.Load(row)).Reason);
    }

    [Theory]
    [MemberData(nameof(Bitmaps))]
    public void Load_PixelOffsetBeyondTheFile_IsTruncatedAndRescuesNothing(string name)
    {
        foreach (uint offset in (uint[])[100_000, int.MaxValue, uint.MaxValue])
        {
            byte[] file = With(name, PixelOffset, offset);
            Assert.Equal(ImageFileReason.Truncated, Assert.Throws<ImageFileException>(() => ImageFile.Load(file)).Reason);
            Assert.Throws<ImageFileException>(() => ImageFile.Load(file, new ImageLoadOptions { Damaged = DamagedData.Accept }));
        }
    }

    [Theory]
    [InlineData(65_537u)]
    [InlineData(uint.MaxValue)]
    public void Load_PaletteBeyondReason_IsCorrupt(uint colors)
    {
        byte[] file = With("bmp-palette8.bmp", Colors, colors);
        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(file)).Reason);
    }

    [Fact]
    public void Load_MasksWithoutABit_AreCorrupt()
    {
        byte[] file = Fixture.Bytes("bmp-rgb565.bmp");
        file.AsSpan(54, 12).Clear();
        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(file)).Reason);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(11u)]
    [InlineData(39u)]
    [InlineData(41u)]
    [InlineData(125u)]
    [InlineData(uint.MaxValue)]
    public void Load_HeaderOfAnotherLength_IsCorrupt(uint length) =>
        Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(With("bmp-rgb24.bmp", 14, length))).Reason);

    private static void CheckSame(string name, byte[] file) =>
        Assert.Equal(Fixture.Named(name).DroppedHash, Fixture.Hash(ImageFile.Load(file)));

    private static byte[] With(string name, int at, uint value)
    {
        byte[] file = Fixture.Bytes(name);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        return file;
    }
}
