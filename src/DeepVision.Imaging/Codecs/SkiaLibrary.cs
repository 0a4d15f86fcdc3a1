using System.Runtime.InteropServices;
using SkiaSharp;

namespace DeepVision.Imaging.Codecs;

/// <summary>Whether SkiaSharp's native library loads: asked once, and answered by one exception that says what to do.</summary>
internal static class SkiaLibrary
{
    private static readonly Lazy<Exception?> s_failure = new(() => Failure(() => SKCodec.MinBufferedBytesNeeded));

    /// <summary>Call before anything of SkiaSharp is touched.</summary>
    /// <exception cref="ImageFileException">The library cannot be loaded.</exception>
    public static void Require(ImageFormat format)
    {
        if (s_failure.Value is { } cause)
        {
            throw Missing(format, cause);
        }
    }

    /// <summary>What a first call into the library fails with where there is none, or one that does not fit; null where it answers.</summary>
    internal static Exception? Failure(Func<int> firstCall)
    {
        try
        {
            firstCall();
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
            or TypeInitializationException or InvalidOperationException)
        {
            return exception;
        }
    }

    internal static ImageFileException Missing(ImageFormat format, Exception cause)
    {
        Version? version = typeof(SKCodec).Assembly.GetName().Version;
        string package = OperatingSystem.IsWindows() ? "SkiaSharp.NativeAssets.Win32"
            : OperatingSystem.IsMacOS() ? "SkiaSharp.NativeAssets.macOS"
            : "SkiaSharp.NativeAssets.Linux.NoDependencies";
        return new ImageFileException(
            ImageFileReason.MissingLibrary,
            $"{format} images need libSkiaSharp, the native library of SkiaSharp {version?.ToString(2)}, which could not be loaded: "
            + $"{(cause.InnerException ?? cause).Message} It comes with the package {package}, in the version of SkiaSharp: let the application "
            + $"reference both, and publish it for this machine ({RuntimeInformation.RuntimeIdentifier}), so that the library lies beside it "
            + $"or in runtimes/ ({AppContext.BaseDirectory}).",
            cause)
        { Format = format };
    }
}
