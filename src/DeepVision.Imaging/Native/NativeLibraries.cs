using System.Reflection;
using System.Runtime.InteropServices;

namespace DeepVision.Imaging.Native;

/// <summary>
/// Finds the distribution's image libraries. Each is looked for once; a library that is missing is one
/// <see cref="ImageFileException"/> that names it, the places searched and the package to install.
/// </summary>
internal sealed class NativeLibraries
{
    public const string TurboJpegName = "deepvision-turbojpeg";
    public const string PngName = "deepvision-png";
    public const string WebPName = "deepvision-webp";

    public static readonly NativeLibraries TurboJpeg = new(
        ImageFormat.Jpeg, "libturbojpeg0", "tjGetErrorStr2",
        ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.dylib", "turbojpeg.dll", "turbojpeg"]);

    public static readonly NativeLibraries Png = new(
        ImageFormat.Png, "libpng16-16", "png_image_begin_read_from_memory",
        ["libpng16.so.16", "libpng16.so", "libpng16.dylib", "libpng16.dll", "libpng16"]);

    public static readonly NativeLibraries WebP = new(
        ImageFormat.WebP, "libwebp7", "WebPDecodeRGBInto",
        ["libwebp.so.7", "libwebp.so.6", "libwebp.so", "libwebp.dylib", "libwebp.dll", "webp"]);

    private const DllImportSearchPath SearchPath = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;

    private readonly ImageFormat _format;
    private readonly string _package;
    private readonly string _requiredExport;
    private readonly string[] _candidates;
    private readonly Lazy<nint> _handle;

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    private NativeLibraries(ImageFormat format, string package, string requiredExport, string[] candidates)
    {
        _format = format;
        _package = package;
        _requiredExport = requiredExport;
        _candidates = candidates;
        _handle = new Lazy<nint>(Find);
    }

    public bool IsAvailable => _handle.Value != 0;

    /// <summary>Call before the first use of any import, so that a missing library has one clear message.</summary>
    public void Require()
    {
        if (!IsAvailable)
        {
            throw Missing();
        }
    }

    internal ImageFileException Missing() => new(
        ImageFileReason.MissingLibrary,
        $"{_format} images need the library {_candidates[0]}, which could not be loaded. Tried {string.Join(", ", _candidates)} beside "
        + $"the application ({AppContext.BaseDirectory}) and in the system's library folders. "
        + $"Install it: apt-get install {_package}")
    { Format = _format };

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        TurboJpegName => TurboJpeg._handle.Value,
        PngName => Png._handle.Value,
        WebPName => WebP._handle.Value,
        _ => 0,
    };

    private nint Find()
    {
        foreach (string candidate in _candidates)
        {
            if (NativeLibrary.TryLoad(candidate, typeof(NativeLibraries).Assembly, SearchPath, out nint handle))
            {
                // A library so old that it lacks what we call is as good as none.
                if (NativeLibrary.TryGetExport(handle, _requiredExport, out _))
                {
                    return handle;
                }

                NativeLibrary.Free(handle);
            }
        }

        return 0;
    }
}
