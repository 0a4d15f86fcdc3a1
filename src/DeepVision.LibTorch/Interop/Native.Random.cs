using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Elements drawn at random: Native/random_fill.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int dv_uniform_(nint self, double from, double to, nint generator);

    [LibraryImport(Library)]
    internal static partial int dv_normal_(nint self, double mean, double std, nint generator);

    [LibraryImport(Library)]
    internal static partial int dv_bernoulli_(nint self, double p, nint generator);

    [LibraryImport(Library)]
    internal static partial nint dv_bernoulli(nint self, nint generator);

    [LibraryImport(Library)]
    internal static partial nint dv_multinomial(nint self, long num_samples, byte replacement, nint generator);
}
