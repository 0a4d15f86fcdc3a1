using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Comparisons, and tests of each element: Native/math_comparisons.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_eq_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_eq_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_ne_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_ne_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_lt_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_lt_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_le_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_le_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_gt_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_gt_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_ge_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_ge_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_isnan(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_isinf(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_isfinite(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_logical_and(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_bitwise_and(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_logical_or(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_bitwise_or(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_logical_xor(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_bitwise_xor(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_logical_not(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_bitwise_not(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_isclose(nint self, nint other, double rtol, double atol, byte nanEqual);
}
