using DeepVision.Preprocessing;
using DeepVision.Preprocessing.Resampling;

namespace DeepVision.Tests.Preprocessing.Resampling;

public sealed class ResamplingTests
{
    public static TheoryData<string> References => new(GoldenFile.Lines("Preprocessing/Golden/resampling.txt"));

    [Theory]
    [MemberData(nameof(References))]
    public void ResampleBytes_WholeImage_EqualsReferenceBitForBit(string line)
    {
        (Interpolation kind, int[] sizes, string expected) = Parse(line);
        RgbImage source = GoldenFile.Image(sizes[0], sizes[1]);
        var window = new ResampleWindow(new(sizes[0], sizes[1]), new(sizes[2], sizes[3]), 0, 0, sizes[2], sizes[3]);

        byte[] actual = Resample(kind, source, window);

        Assert.Equal(expected, GoldenFile.Sha(actual));
    }

    [Theory]
    [MemberData(nameof(References))]
    public void ResampleBytes_PartOfImage_EqualsThatPartOfTheWhole(string line)
    {
        (Interpolation kind, int[] sizes, _) = Parse(line);
        RgbImage source = GoldenFile.Image(sizes[0], sizes[1]);
        (int width, int height) = (sizes[2], sizes[3]);
        var whole = new ResampleWindow(new(sizes[0], sizes[1]), new(width, height), 0, 0, width, height);
        ResampleWindow part = whole with { Left = width / 3, Top = height / 4, Width = (width + 1) / 2, Height = (height + 1) / 2 };

        byte[] expected = Resample(kind, source, whole);
        byte[] actual = Resample(kind, source, part);

        for (int y = 0; y < part.Height; y++)
        {
            Assert.Equal(
                expected.AsSpan(3 * (((y + part.Top) * width) + part.Left), 3 * part.Width),
                actual.AsSpan(3 * y * part.Width, 3 * part.Width));
        }
    }

    [Theory]
    [InlineData(Interpolation.BilinearAntialias, 301, 257)]
    [InlineData(Interpolation.BicubicAntialias, 1201, 257)]
    [InlineData(Interpolation.LanczosAntialias, 301, 1100)]
    public void ResampleBytes_ManyThreads_GiveTheSameBytes(Interpolation kind, int width, int height)
    {
        RgbImage source = GoldenFile.Image(1201, 1100);
        var one = new ResampleWindow(new(1201, 1100), new(width, height), 0, 0, width, height);

        Assert.Equal(Resample(kind, source, one), Resample(kind, source, one with { Threads = 5 }));
    }

    private static byte[] Resample(Interpolation kind, RgbImage source, ResampleWindow window)
    {
        var destination = new byte[window.ByteCount + ResampleWindow.Slack];
        if (window.Resized == window.Source)
        {
            for (int y = 0; y < window.Height; y++)
            {
                source.Row(y + window.Top).Slice(3 * window.Left, 3 * window.Width).CopyTo(destination.AsSpan(3 * y * window.Width));
            }
        }
        else
        {
            ImagePreparer.ResampleBytes(kind, source.Pixels, window, destination);
        }

        return destination[..window.ByteCount];
    }

    private static (Interpolation Kind, int[] Sizes, string Sha) Parse(string line) =>
        (Enum.Parse<Interpolation>(line.Split(' ')[0]), GoldenFile.Integers(line, 1, 4), line.Split(' ')[5]);
}
