namespace DeepVision.Imaging;

/// <summary>Tells formats apart: by content when loading, by extension when saving.</summary>
internal static class ImageFormats
{
    public static ImageFormat FromExtension(string path)
    {
        string extension = Path.GetExtension(path);
        return extension.ToLowerInvariant() switch
        {
            ".jpg" or ".jpeg" or ".jpe" or ".jfif" => ImageFormat.Jpeg,
            ".png" => ImageFormat.Png,
            ".webp" => ImageFormat.WebP,
            ".bmp" or ".dib" => ImageFormat.Bmp,
            ".gif" => throw GifIsReadOnly().At(path),
            _ => throw new ImageFileException(
                ImageFileReason.UnknownFormat,
                $"{path}: the extension decides the format of a saved image; expected .jpg, .jpeg, .jpe, .jfif, .png, .webp, .bmp or .dib; "
                + $"found {(extension.Length == 0 ? "none" : $"'{extension}'")}. Rename the file, or save to a stream with the format given.")
            { FileName = path },
        };
    }

    public static ImageFileException GifIsReadOnly() => new(
        ImageFileReason.Unsupported,
        "GIF files are read and not written: their 256 colors would change the picture. Save it as PNG, which keeps every pixel.")
    { Format = ImageFormat.Gif };
}
