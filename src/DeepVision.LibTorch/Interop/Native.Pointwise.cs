using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Functions of each element: Native/math_pointwise.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_abs(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_abs_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_neg(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_neg_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_exp(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_exp_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_log(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_log_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_log1p(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_log1p_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_log2(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_log2_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_sqrt(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_sqrt_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_rsqrt(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_rsqrt_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_reciprocal(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_reciprocal_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_sigmoid(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_sigmoid_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_tanh(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_tanh_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_floor(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_floor_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_ceil(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_ceil_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_trunc(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_trunc_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_sin(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_sin_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_cos(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_cos_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_relu(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_relu_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_sign(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_sign_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_square(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_atan(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_expm1(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_erf(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_round(nint self, long decimals);

    [LibraryImport(Library)]
    internal static partial nint dv_clamp_scalar(nint self, ScalarValue min, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial nint dv_clamp_tensor(nint self, nint min, nint max);

    [LibraryImport(Library)]
    internal static partial nint dv_clamp_min(nint self, ScalarValue min);

    [LibraryImport(Library)]
    internal static partial nint dv_clamp_max(nint self, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial nint dv_masked_fill(nint self, nint mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int dv_clamp_scalar_(nint self, ScalarValue min, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial int dv_clamp_tensor_(nint self, nint min, nint max);

    [LibraryImport(Library)]
    internal static partial int dv_clamp_min_(nint self, ScalarValue min);

    [LibraryImport(Library)]
    internal static partial int dv_clamp_max_(nint self, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial int dv_masked_fill_(nint self, nint mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint dv_maximum(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_minimum(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_softmax(nint self, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint dv_log_softmax(nint self, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial int dv_fill_(nint self, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int dv_copy_(nint self, nint source, byte nonBlocking);
}
