using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>Decides whether something of a damaged picture is there: one without is an error, never a black or gray picture.</summary>
internal static class Rescue
{
    /// <summary>For decoders that fill what is missing with one color and do not say how much that is: more than one color is a picture.</summary>
    public static void RequirePicture(RgbImage image, ImageFormat format, int fileLength)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;

        // All pixels are equal where each byte equals the one three before it.
        if (pixels[3..].SequenceEqual(pixels[..^3]))
        {
            throw Nothing(format, fileLength);
        }
    }

    public static ImageFileException Nothing(ImageFormat format, int fileLength) => new(
        ImageFileReason.Truncated,
        $"Nothing of the {format} picture can be rescued: expected at least one row of pixels; found none in the file's {fileLength} bytes. "
        + "Fetch the file again.")
    { Format = format };
}
