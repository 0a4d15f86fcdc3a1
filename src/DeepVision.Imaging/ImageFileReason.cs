namespace DeepVision.Imaging;

/// <summary>Why an image file could not be read or written.</summary>
public enum ImageFileReason
{
    /// <summary>The content, or a file name's extension when saving, is of no format that DeepVision knows.</summary>
    UnknownFormat,

    /// <summary>The file ends too early.</summary>
    Truncated,

    /// <summary>The file contradicts its format.</summary>
    Corrupt,

    /// <summary>The file is valid but uses a part of its format that is not supported.</summary>
    Unsupported,

    /// <summary>The file or its picture exceeds a limit, the caller's or the format's.</summary>
    TooLarge,

    /// <summary>The native library that this format needs cannot be loaded; the message says where it comes from.</summary>
    MissingLibrary,

    /// <summary>The encoder failed.</summary>
    EncodingFailed,
}
