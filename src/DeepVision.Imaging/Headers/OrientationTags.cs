namespace DeepVision.Imaging.Headers;

/// <summary>
/// What a file says about its orientation, in whichever order it says it: EXIF data decides, XMP where EXIF has no such tag. The first
/// of each counts.
/// </summary>
internal struct OrientationTags
{
    private int _exif;
    private int _xmp;

    /// <summary>1 to 8; 1 where the file says nothing.</summary>
    public readonly int Value => _exif != 0 ? _exif : Math.Max(1, _xmp);

    /// <summary>Whether nothing that follows can change the value.</summary>
    public readonly bool IsDecided => _exif != 0;

    private static ReadOnlySpan<byte> XmpPrefix => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>A TIFF structure, with or without JPEG's prefix.</summary>
    public void AddExif(ReadOnlySpan<byte> exif)
    {
        if (_exif == 0)
        {
            _exif = ExifReader.Orientation(exif);
        }
    }

    /// <summary>An XMP packet.</summary>
    public void AddXmp(ReadOnlySpan<byte> xmp)
    {
        if (_xmp == 0)
        {
            _xmp = XmpReader.Orientation(xmp);
        }
    }

    /// <summary>The body of a JPEG APP1 segment, which holds either.</summary>
    public void AddApp1(ReadOnlySpan<byte> segment)
    {
        if (segment.StartsWith("Exif\0\0"u8))
        {
            AddExif(segment);
        }
        else if (segment.StartsWith(XmpPrefix))
        {
            AddXmp(segment[XmpPrefix.Length..]);
        }
    }
}
