using DeepVision.Imaging.Codecs;
using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

/// <summary>Large JPEG files, which two threads decode: the same pixels and the same errors as with one.</summary>
public sealed class TwoThreadTests
{
    private static readonly ImageLoadOptions s_one = new() { MaxThreads = 1 };
    private static readonly ImageLoadOptions s_two = new() { MaxThreads = 2 };

    [Theory]
    [InlineData(ChromaSubsampling.Half, 1931, 1087)]
    [InlineData(ChromaSubsampling.Full, 1931, 1087)]
    [InlineData(ChromaSubsampling.Half, 1600, 1280)]
    [InlineData(ChromaSubsampling.Half, 101, 20_011)]
    [InlineData(ChromaSubsampling.Full, 20_011, 101)]
    public void Decode_EveryReduction_GivesTheSamePixels(ChromaSubsampling chroma, int width, int height)
    {
        byte[] file = TestFiles.Encode(TestImages.Noise(width, height, seed: 4), ImageFormat.Jpeg, new ImageSaveOptions { Chroma = chroma });
        ImageHeader header = ImageHeader.Read(file);
        foreach (int factor in (int[])[1, 2, 4, 8])
        {
            RgbImage one = JpegCodec.Decode(file, header, s_one, factor);
            RgbImage two = JpegCodec.Decode(file, header, s_two, factor);
            Assert.True(one.Pixels.SequenceEqual(two.Pixels), $"1/{factor}");
        }
    }

    [Fact]
    public void Load_DataThatEndsEarly_IsCorruptInEitherPart()
    {
        byte[] file = TestFiles.Encode(TestImages.Noise(1931, 1087, seed: 4), ImageFormat.Jpeg);
        foreach (int tenth in (int[])[1, 5, 9])
        {
            byte[] closed = [.. file[..(file.Length / 10 * tenth)], 0xFF, 0xD9];
            Assert.Equal(ImageFileReason.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.Load(closed, s_two)).Reason);
        }
    }

    [Fact]
    public void MaxThreads_BelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLoadOptions { MaxThreads = 0 });
}
