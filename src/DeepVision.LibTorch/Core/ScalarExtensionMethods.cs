using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Conversions between numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>An integer as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>An integer as a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>A real number as a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>A real number as a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>A boolean as a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The number in single precision.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Value.ToDouble();

    /// <summary>The number in double precision.</summary>
    public static double ToDouble(this Scalar value) => value.Value.ToDouble();

    /// <summary>The number as an integer, rounded towards zero.</summary>
    public static int ToInt32(this Scalar value) => (int)value.Value.ToInt64();

    /// <summary>The number as an integer, rounded towards zero.</summary>
    public static long ToInt64(this Scalar value) => value.Value.ToInt64();

    /// <summary>The number as an integer, rounded towards zero.</summary>
    public static byte ToByte(this Scalar value) => (byte)value.Value.ToInt64();

    /// <summary>The number as an integer, rounded towards zero.</summary>
    public static short ToInt16(this Scalar value) => (short)value.Value.ToInt64();

    /// <summary>Whether the number is not zero.</summary>
    public static bool ToBoolean(this Scalar value) => value.Value.ToBoolean();
}
