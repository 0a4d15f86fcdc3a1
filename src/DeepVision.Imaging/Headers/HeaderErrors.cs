namespace DeepVision.Imaging.Headers;

/// <summary>The exceptions of header readers and decoders, in one wording.</summary>
internal static class HeaderErrors
{
    public static ImageFileException Truncated(ImageFormat format, long offset, string expected) => new(
        ImageFileReason.Truncated,
        $"The {format} file is cut off: expected {expected} at byte {offset}; found the end of the file. "
        + "Fetch the file again, or load what there is with ImageLoadOptions.Damaged = Accept.")
    { Format = format };

    public static ImageFileException Corrupt(ImageFormat format, string where, string expected, string found) => new(
        ImageFileReason.Corrupt, $"The {format} file is corrupt: {where}: expected {expected}; found {found}. Fetch the file again.")
    { Format = format };

    public static ImageFileException Unsupported(ImageFormat format, string what, string remedy) => new(
        ImageFileReason.Unsupported, $"The {format} file uses {what}, which is not supported. {remedy}")
    { Format = format };
}
