namespace DeepVision.Imaging.Tests;

/// <summary>A test that needs the codecs of one or more formats; skipped, with the reason, where a library is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeLibraryFactAttribute : FactAttribute
{
    public NativeLibraryFactAttribute(params ImageFormat[] formats) => Skip = MissingLibraries.Reason(formats);
}

/// <summary>A theory that needs the codecs of one or more formats; skipped, with the reason, where a library is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeLibraryTheoryAttribute : TheoryAttribute
{
    public NativeLibraryTheoryAttribute(params ImageFormat[] formats) => Skip = MissingLibraries.Reason(formats);
}

internal static class MissingLibraries
{
    /// <summary>Why a test of these formats (all four where none are named) cannot run here, or null.</summary>
    public static string? Reason(ImageFormat[] formats)
    {
        ImageFormat[] asked = formats.Length == 0 ? Enum.GetValues<ImageFormat>() : formats;
        foreach (ImageFormat format in asked)
        {
            if (ImageFile.MissingLibrary(format) is { } missing)
            {
                return missing.Message;
            }
        }

        return null;
    }
}
