using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Sums, products and powers of tensors: Native/math_arithmetic.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_add_tensor(nint self, nint target, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint dv_add_scalar(nint self, ScalarValue scalar, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int dv_add_tensor_(nint self, nint target, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int dv_add_scalar_(nint self, ScalarValue scalar, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint dv_sub_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_sub_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial int dv_sub_tensor_(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial int dv_sub_scalar_(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_mul_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_mul_scalar(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial int dv_mul_tensor_(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial int dv_mul_scalar_(nint self, ScalarValue target);

    [LibraryImport(Library)]
    internal static partial nint dv_div_tensor(nint self, nint target, int rounding_mode);

    [LibraryImport(Library)]
    internal static partial nint dv_div_scalar(nint self, ScalarValue target, int rounding_mode);

    [LibraryImport(Library)]
    internal static partial nint dv_remainder_tensor(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_remainder_scalar(nint self, ScalarValue scalar);

    [LibraryImport(Library)]
    internal static partial nint dv_pow_tensor(nint self, nint exponent);

    [LibraryImport(Library)]
    internal static partial nint dv_pow_scalar(nint self, ScalarValue exponent);

    [LibraryImport(Library)]
    internal static partial nint dv_addcmul(nint self, nint tensor1, nint tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint dv_addcdiv(nint self, nint tensor1, nint tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint dv_lerp(nint self, nint end, nint weight);

    [LibraryImport(Library)]
    internal static partial int dv_div_tensor_(nint self, nint target, int rounding_mode);

    [LibraryImport(Library)]
    internal static partial int dv_div_scalar_(nint self, ScalarValue target, int rounding_mode);

    [LibraryImport(Library)]
    internal static partial int dv_remainder_tensor_(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial int dv_remainder_scalar_(nint self, ScalarValue scalar);

    [LibraryImport(Library)]
    internal static partial int dv_pow_tensor_(nint self, nint exponent);

    [LibraryImport(Library)]
    internal static partial int dv_pow_scalar_(nint self, ScalarValue exponent);

    [LibraryImport(Library)]
    internal static partial int dv_addcmul_(nint self, nint tensor1, nint tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int dv_addcdiv_(nint self, nint tensor1, nint tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int dv_lerp_(nint self, nint end, nint weight);

    [LibraryImport(Library)]
    internal static partial nint dv_floor_divide_tensor(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_floor_divide_scalar(nint self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial nint dv_matmul(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_mm(nint self, nint target);

    [LibraryImport(Library)]
    internal static partial nint dv_bmm(nint self, nint batch2);

    [LibraryImport(Library)]
    internal static partial nint dv_dot(nint self, nint target);
}
