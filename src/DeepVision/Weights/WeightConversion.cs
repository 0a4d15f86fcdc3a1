using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>Stored elements (little-endian) to float32 values.</summary>
internal static class WeightConversion
{
    /// <summary>Converts as many elements as <paramref name="destination"/> holds. Bytes may be changed in place on big-endian machines.</summary>
    public static void ToFloats(WeightType type, Span<byte> source, Span<float> destination)
    {
        LittleEndian(type, source);
        switch (type)
        {
            case WeightType.Float32:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
                break;
            case WeightType.Float16:
                HalfToFloats(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case WeightType.BFloat16:
                BFloat16ToFloats(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case WeightType.Boolean:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = source[i] != 0 ? 1f : 0f;
                }

                break;
            case WeightType.Float64:
                NumbersToFloats<double>(source, destination);
                break;
            case WeightType.Int64:
                NumbersToFloats<long>(source, destination);
                break;
            case WeightType.Int32:
                NumbersToFloats<int>(source, destination);
                break;
            case WeightType.Int16:
                NumbersToFloats<short>(source, destination);
                break;
            case WeightType.Int8:
                NumbersToFloats<sbyte>(source, destination);
                break;
            default:
                NumbersToFloats<byte>(source, destination);
                break;
        }
    }

    /// <summary>Exchanges machine order and little-endian order in place; nothing to do on little-endian machines.</summary>
    public static void LittleEndian(WeightType type, Span<byte> elements)
    {
        int size = type.SizeInBytes();
        if (!BitConverter.IsLittleEndian && size > 1)
        {
            for (int at = 0; at < elements.Length; at += size)
            {
                elements.Slice(at, size).Reverse();
            }
        }
    }

    private static void NumbersToFloats<T>(Span<byte> source, Span<float> destination)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(source)[..destination.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            destination[i] = float.CreateTruncating(numbers[i]);
        }
    }

    // Shifting the 15 bits of exponent and mantissa into place gives the value times 2^-112; one multiplication puts the
    // exponent right, for subnormals too, and is exact. Infinity and NaN get their exponent by OR. A vector of 16-bit lanes
    // widens into two of 32-bit lanes; the tail goes through the BCL's conversion.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfToFloats(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        source = source[..destination.Length];
        var magnitudeMask = new Vector<uint>(0x7FFF);
        var signMask = new Vector<uint>(0x8000);
        var exponentMask = new Vector<uint>(0x7C00);
        var infinity = new Vector<uint>(0x7F80_0000);
        var scale = new Vector<float>(BitConverter.UInt32BitsToSingle(0x7780_0000)); // 2^112
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            Expand(low).CopyTo(destination[i..]);
            Expand(high).CopyTo(destination[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }

        Vector<float> Expand(Vector<uint> half)
        {
            Vector<float> value = Vector.AsVectorSingle((half & magnitudeMask) << 13) * scale;
            Vector<uint> special = Vector.Equals(half & exponentMask, exponentMask) & infinity;
            return Vector.AsVectorSingle(Vector.AsVectorUInt32(value) | special | ((half & signMask) << 16));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BFloat16ToFloats(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        source = source[..destination.Length];
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            (low << 16).CopyTo(bits[i..]);
            (high << 16).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            bits[i] = (uint)source[i] << 16;
        }
    }
}
