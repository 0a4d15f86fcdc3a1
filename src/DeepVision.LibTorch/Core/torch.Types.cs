namespace TorchSharp;

public static partial class torch
{
    /// <summary>Unsigned integers of 8 bits.</summary>
    public static ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed integers of 8 bits.</summary>
    public static ScalarType int8 = ScalarType.Int8;

    /// <summary>Signed integers of 16 bits.</summary>
    public static ScalarType int16 = ScalarType.Int16;

    /// <summary>Signed integers of 32 bits.</summary>
    public static ScalarType int32 = ScalarType.Int32;

    /// <summary>Signed integers of 64 bits.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary>Half precision.</summary>
    public static ScalarType float16 = ScalarType.Float16;

    /// <summary>Single precision.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary>Double precision.</summary>
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary>The upper half of single precision.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    private static readonly Dictionary<Type, ScalarType> s_types = new()
    {
        [typeof(bool)] = ScalarType.Bool,
        [typeof(byte)] = ScalarType.Byte,
        [typeof(sbyte)] = ScalarType.Int8,
        [typeof(short)] = ScalarType.Int16,
        [typeof(int)] = ScalarType.Int32,
        [typeof(long)] = ScalarType.Int64,
        [typeof(Half)] = ScalarType.Float16,
        [typeof(BFloat16)] = ScalarType.BFloat16,
        [typeof(float)] = ScalarType.Float32,
        [typeof(double)] = ScalarType.Float64,
    };

    private static ScalarType s_defaultType = ScalarType.Float32;

    /// <summary>The type of new tensors where none is stated; single precision at first.</summary>
    public static ScalarType get_default_dtype() => s_defaultType;

    /// <summary>Sets the type of new tensors where none is stated.</summary>
    /// <exception cref="ArgumentException">The type is no floating-point type.</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype))
        {
            throw new ArgumentException($"The default type must be a floating-point type, and '{dtype}' is none.", nameof(dtype));
        }

        s_defaultType = dtype;
    }

    /// <summary>Whether a type is a floating-point type.</summary>
    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether a type is an integer type; booleans count.</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    internal static ScalarType TypeOf(Type element) =>
        s_types.TryGetValue(element, out ScalarType type) ? type : throw new NotSupportedException($"No tensor holds elements of the type '{element}'.");
}
