using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>Tensors to stored elements (little-endian).</summary>
internal static class WeightEncoding
{
    /// <summary>
    /// Reads a tensor as elements of a type. A tensor that keeps its type is copied bit by bit where its handle can do that;
    /// every other goes through float32.
    /// </summary>
    public static void Read(string name, WeightHandle handle, WeightType type, Span<byte> destination)
    {
        if (handle.Type == type && handle.TryReadBytes(destination))
        {
            return;
        }

        if (type == WeightType.Float32 && BitConverter.IsLittleEndian)
        {
            handle.ReadFloats(MemoryMarshal.Cast<byte, float>(destination));
            return;
        }

        int count = destination.Length / type.SizeInBytes();
        float[] values = ArrayPool<float>.Shared.Rent(count);
        try
        {
            handle.ReadFloats(values.AsSpan(0, count));
            FromFloats(name, type, values.AsSpan(0, count), destination);
            WeightConversion.LittleEndian(type, destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private static void FromFloats(string name, WeightType type, ReadOnlySpan<float> values, Span<byte> destination)
    {
        switch (type)
        {
            case WeightType.Float16:
                ToHalf(name, values, MemoryMarshal.Cast<byte, Half>(destination));
                break;
            case WeightType.BFloat16:
                ToBFloat16(name, values, MemoryMarshal.Cast<byte, ushort>(destination));
                break;
            case WeightType.Float32:
                MemoryMarshal.AsBytes(values).CopyTo(destination);
                break;
            case WeightType.Float64:
                ToNumbers<double>(values, destination);
                break;
            case WeightType.Int64:
                ToNumbers<long>(values, destination);
                break;
            case WeightType.Int32:
                ToNumbers<int>(values, destination);
                break;
            case WeightType.Int16:
                ToNumbers<short>(values, destination);
                break;
            case WeightType.Int8:
                ToNumbers<sbyte>(values, destination);
                break;
            default:
                ToNumbers<byte>(values, destination);
                break;
        }
    }

    private static void ToNumbers<T>(ReadOnlySpan<float> values, Span<byte> destination)
        where T : unmanaged, INumberBase<T>
    {
        Span<T> numbers = MemoryMarshal.Cast<byte, T>(destination);
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = T.CreateSaturating(values[i]);
        }
    }

    private static void ToHalf(string name, ReadOnlySpan<float> values, Span<Half> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = (Half)values[i];
            if (Half.IsInfinity(destination[i]) && float.IsFinite(values[i]))
            {
                throw TooLarge(name, values[i], i, WeightType.Float16);
            }
        }
    }

    // Rounds to nearest, ties to even: adding half a unit of the last place (less one, unless the kept part is odd) carries
    // into it. A NaN keeps its upper bits and stays one.
    private static void ToBFloat16(string name, ReadOnlySpan<float> values, Span<ushort> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(values[i]);
            if (float.IsNaN(values[i]))
            {
                destination[i] = (ushort)((bits >> 16) | 0x40);
                continue;
            }

            uint rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
            destination[i] = (ushort)rounded;
            if ((rounded & 0x7FFF) == 0x7F80 && float.IsFinite(values[i]))
            {
                throw TooLarge(name, values[i], i, WeightType.BFloat16);
            }
        }
    }

    private static WeightsException TooLarge(string name, float value, int index, WeightType type) =>
        new($"Tensor '{name}': element {index} is {value.ToString("R", CultureInfo.InvariantCulture)}, which {type} cannot hold. Store as BFloat16 or Float32 instead.")
        {
            Key = name,
        };
}
