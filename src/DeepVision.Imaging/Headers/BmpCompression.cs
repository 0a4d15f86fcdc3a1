namespace DeepVision.Imaging.Headers;

/// <summary>How a bitmap stores its rows; the numbers are the file's.</summary>
internal enum BmpCompression : uint
{
    None = 0,
    Rle8 = 1,
    Rle4 = 2,
    BitFields = 3,
    AlphaBitFields = 6,
}
