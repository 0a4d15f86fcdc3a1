using DeepVision.Imaging.Headers;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>Decides whether something of a damaged picture is there: one without is an error, never a black or gray picture.</summary>
internal static class Rescue
{
    /// <summary>
    /// Of a picture that is not whole, wants more than one color: decoders fill what is missing with one, and do not always say how much that is.
    /// </summary>
    /// <param name="image">What was rescued.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="fileLength">The file's length in bytes.</param>
    /// <param name="corner">The sides of the corner at the top left that does not count.</param>
    public static void RequirePicture(RgbImage image, ImageFormat format, int fileLength, int corner = 0)
    {
        ReadOnlySpan<byte> color = image.Pixels[^3..];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y)[(y < corner ? 3 * Math.Min(corner, image.Width) : 0)..];

            // Pixels are equal where each byte equals the one three before it.
            if (!row.IsEmpty && !(row.StartsWith(color) && row[3..].SequenceEqual(row[..^3])))
            {
                return;
            }
        }

        throw Nothing(format, fileLength);
    }

    public static ImageFileException Nothing(ImageFormat format, int fileLength) => new(
        ImageFileReason.Truncated,
        $"Nothing of the {format} picture can be rescued: expected at least one row, and pixels of more than one color; found none in the file's {fileLength} bytes. "
        + "Fetch the file again.")
    { Format = format };
}
