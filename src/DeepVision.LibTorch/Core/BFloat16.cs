using System.Globalization;

namespace TorchSharp;

/// <summary>A number of 16 bits: the upper half of a single-precision one, with 8 bits of exponent and 7 of fraction.</summary>
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>
{
    private readonly ushort _bits;

    /// <summary>The nearest number; of two as near the one whose last bit is zero.</summary>
    public BFloat16(float f)
    {
        uint bits = BitConverter.SingleToUInt32Bits(f);
        _bits = float.IsNaN(f) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private BFloat16(ushort bits, bool raw)
    {
        _ = raw;
        _bits = bits;
    }

    /// <summary>The number with these bits.</summary>
    public static BFloat16 FromRawValue(ushort rawValue) => new(rawValue, true);

    /// <summary>The nearest number.</summary>
    public static explicit operator BFloat16(float f) => new(f);

    /// <summary>The same number in single precision.</summary>
    public static explicit operator float(BFloat16 bf) => bf.ToSingle();

    /// <summary>Whether two numbers are equal; NaN is unlike itself.</summary>
    public static bool operator ==(BFloat16 a, BFloat16 b) => a.ToSingle() == b.ToSingle();

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(BFloat16 a, BFloat16 b) => a.ToSingle() != b.ToSingle();

    /// <summary>The same number in single precision.</summary>
    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)_bits << 16);

    /// <summary>Orders numbers as single-precision ones are ordered.</summary>
    public int CompareTo(BFloat16 other) => ToSingle().CompareTo(other.ToSingle());

    /// <summary>Whether two numbers are equal; NaN equals itself here.</summary>
    public bool Equals(BFloat16 other) => ToSingle().Equals(other.ToSingle());

    /// <summary>Whether <paramref name="obj"/> is an equal number.</summary>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <summary>A hash that equal numbers share.</summary>
    public override int GetHashCode() => ToSingle().GetHashCode();

    /// <summary>The number as text, as its single-precision value.</summary>
    public override string ToString() => ToSingle().ToString(CultureInfo.CurrentCulture);
}
