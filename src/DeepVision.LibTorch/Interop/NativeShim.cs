using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds and loads the shim, once.</summary>
internal static class NativeShim
{
    /// <summary>The environment variable with the path of the shim, or of the folder that holds it.</summary>
    internal const string PathVariable = "DEEPVISION_LIBTORCH";

    private const string FileName = "libdeepvision_libtorch.so";

    private static readonly Lazy<(nint Handle, string? Problem)> s_loaded = new(
        () => Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(PathVariable)));

    /// <summary>Whether the shim and its libtorch can be loaded; never throws.</summary>
    public static bool IsAvailable => s_loaded.Value.Handle != 0;

    /// <summary>Why <see cref="IsAvailable"/> is false, or null.</summary>
    public static string? Problem => s_loaded.Value.Problem;

    /// <exception cref="DllNotFoundException">The shim or its libtorch is missing; the message says where it was looked for and what to do.</exception>
    public static nint Load() => s_loaded.Value.Handle != 0 ? s_loaded.Value.Handle : throw new DllNotFoundException(s_loaded.Value.Problem);

    /// <summary>Loads the first shim that is found, or says why there is none.</summary>
    internal static (nint Handle, string? Problem) Find(string start, string? variable)
    {
        List<string> looked = [];
        foreach (string path in Candidates(start, variable))
        {
            if (!File.Exists(path))
            {
                looked.Add($"  {path}: not there");
                continue;
            }

            try
            {
                nint handle = NativeLibrary.Load(path);
                ChooseThreads(handle);
                return (handle, null);
            }
            catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                looked.Add($"  {path}: {problem.Message.ReplaceLineEndings(" ")}");
            }
        }

        return (0, $"""
            The native part of the binding over libtorch, {FileName}, could not be loaded. Looked for at:
            {string.Join('\n', looked)}
            Install libtorch and a C++ compiler (Debian: apt-get install g++ libtorch-dev) and run build/libtorch-shim.sh, or set {PathVariable} to the file.
            """);
    }

    /// <summary>Where the shim may be, best first: the variable, beside the program, and artifacts/libtorch of each folder above.</summary>
    internal static IEnumerable<string> Candidates(string start, string? variable)
    {
        if (!string.IsNullOrEmpty(variable))
        {
            yield return Directory.Exists(variable) ? Path.Combine(variable, FileName) : variable;
        }

        yield return Path.Combine(start, FileName);
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            // Where no such folder is, a line in the message would tell nothing; the last resort is the repository's.
            string folder = Path.Combine(at.FullName, "artifacts", "libtorch");
            if (Directory.Exists(folder) || File.Exists(Path.Combine(at.FullName, "DeepVision.sln")))
            {
                yield return Path.Combine(folder, FileName);
            }
        }
    }

    // libtorch may start with one thread; unless the user said otherwise it takes every processor this process may use.
    private static unsafe void ChooseThreads(nint library)
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } || Environment.GetEnvironmentVariable("MKL_NUM_THREADS") is { Length: > 0 })
        {
            return;
        }

        var set = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "dv_set_num_threads");
        _ = set(Environment.ProcessorCount);
    }
}
