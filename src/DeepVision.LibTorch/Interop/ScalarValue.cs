using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>A number on its way into the shim, or none; two words, passed in registers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue
{
    private readonly ScalarKind _kind;
    private readonly long _bits;

    private ScalarValue(ScalarKind kind, long bits) => (_kind, _bits) = (kind, bits);

    public static ScalarValue None => default;

    public static ScalarValue One => new(ScalarKind.Integer, 1);

    public ScalarKind Kind => _kind;

    public static ScalarValue Of(long value) => new(ScalarKind.Integer, value);

    public static ScalarValue Of(double value) => new(ScalarKind.Real, BitConverter.DoubleToInt64Bits(value));

    public static ScalarValue Of(bool value) => new(ScalarKind.Boolean, value ? 1 : 0);

    public static ScalarValue Of(Scalar? value) => value is null ? None : value.Value;

    public double ToDouble() => _kind == ScalarKind.Real ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    public long ToInt64() => _kind == ScalarKind.Real ? (long)BitConverter.Int64BitsToDouble(_bits) : _bits;

    public bool ToBoolean() => _kind == ScalarKind.Real ? BitConverter.Int64BitsToDouble(_bits) != 0 : _bits != 0;
}
