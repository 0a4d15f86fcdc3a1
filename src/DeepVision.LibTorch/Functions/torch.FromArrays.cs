using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    // Tensors with a copy of .NET values.
    /// <summary>A tensor of no dimensions that holds a number.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => From([scalar], [], ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A tensor with a copy of the elements of an array, one dimension.</summary>
    public static Tensor tensor(
        bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), [rawArray.LongLength], ScalarType.Bool, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array, in row-major order, under a shape.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape.</exception>
    public static Tensor tensor(
        bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), dimensions, ScalarType.Bool, dtype, device, requires_grad);
    }

    /// <summary>A tensor of no dimensions that holds a number.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) => From([scalar], [], ScalarType.Byte, null, device, requires_grad);

    /// <summary>A tensor with a copy of the elements of an array, one dimension.</summary>
    public static Tensor tensor(
        byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), [rawArray.LongLength], ScalarType.Byte, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array, in row-major order, under a shape.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape.</exception>
    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), dimensions, ScalarType.Byte, dtype, device, requires_grad);
    }

    /// <summary>A tensor of no dimensions that holds a number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) => From([scalar], [], ScalarType.Int32, null, device, requires_grad);

    /// <summary>A tensor with a copy of the elements of an array, one dimension.</summary>
    public static Tensor tensor(
        int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), [rawArray.LongLength], ScalarType.Int32, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array, in row-major order, under a shape.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape.</exception>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), dimensions, ScalarType.Int32, dtype, device, requires_grad);
    }

    /// <summary>A tensor of no dimensions that holds a number.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => From([scalar], [], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A tensor with a copy of the elements of an array, one dimension.</summary>
    public static Tensor tensor(
        long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(dataArray.AsSpan(), [dataArray.LongLength], ScalarType.Int64, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array, in row-major order, under a shape.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape.</exception>
    public static Tensor tensor(
        long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(dataArray.AsSpan(), dimensions, ScalarType.Int64, dtype, device, requires_grad);
    }

    /// <summary>A tensor of two dimensions with a copy of the elements of an array.</summary>
    public static Tensor tensor(
        long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(FlatSpan<long>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Int64, dtype, device, requires_grad);
    }

    /// <summary>A tensor of three dimensions with a copy of the elements of an array.</summary>
    public static Tensor tensor(
        long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(FlatSpan<long>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1), rawArray.GetLength(2)], ScalarType.Int64, dtype, device, requires_grad);
    }

    /// <summary>A tensor of four dimensions with a copy of the elements of an array.</summary>
    public static Tensor tensor(
        long[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(FlatSpan<long>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1), rawArray.GetLength(2), rawArray.GetLength(3)], ScalarType.Int64, dtype, device, requires_grad);
    }

    /// <summary>A tensor of no dimensions that holds a number.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) => From([scalar], [], ScalarType.Float32, null, device, requires_grad);

    /// <summary>A tensor with a copy of the elements of an array, one dimension.</summary>
    public static Tensor tensor(
        float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), [rawArray.LongLength], ScalarType.Float32, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array, in row-major order, under a shape.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape.</exception>
    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), dimensions, ScalarType.Float32, dtype, device, requires_grad);
    }

    /// <summary>A tensor of two dimensions with a copy of the elements of an array.</summary>
    public static Tensor tensor(
        float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(FlatSpan<float>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Float32, dtype, device, requires_grad);
    }

    /// <summary>A tensor of three dimensions with a copy of the elements of an array.</summary>
    public static Tensor tensor(
        float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(FlatSpan<float>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1), rawArray.GetLength(2)], ScalarType.Float32, dtype, device, requires_grad);
    }

    /// <summary>A tensor of four dimensions with a copy of the elements of an array.</summary>
    public static Tensor tensor(
        float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(FlatSpan<float>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1), rawArray.GetLength(2), rawArray.GetLength(3)], ScalarType.Float32, dtype, device, requires_grad);
    }

    /// <summary>A tensor of no dimensions that holds a number.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => From([scalar], [], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A tensor with a copy of the elements of an array, one dimension.</summary>
    public static Tensor tensor(
        double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), [rawArray.LongLength], ScalarType.Float64, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array, in row-major order, under a shape.</summary>
    /// <exception cref="ArgumentException">The array has fewer elements than the shape.</exception>
    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return From(rawArray.AsSpan(), dimensions, ScalarType.Float64, dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements of an array of any number of dimensions.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of the elements of an array of any number of dimensions, converted to a type.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        ScalarType source = TypeOf(rawArray.GetType().GetElementType()!);
        long[] size = new long[rawArray.Rank];
        for (int d = 0; d < size.Length; d++)
        {
            size[d] = rawArray.GetLongLength(d);
        }

        return From(ref MemoryMarshal.GetArrayDataReference(rawArray), rawArray.LongLength, size, source, dtype, device, requires_grad);
    }

    private static ReadOnlySpan<T> FlatSpan<T>(Array array) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static Tensor From<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> size, ScalarType source, ScalarType? type, Device? device, bool requires_grad)
        where T : unmanaged =>
        From(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), values.Length, size, source, type, device, requires_grad);

    private static Tensor From(
        ref byte values, long available, ReadOnlySpan<long> size, ScalarType source, ScalarType? type, Device? device, bool requires_grad)
    {
        long needed = 1;
        foreach (long length in size)
        {
            needed *= length;
        }

        if (needed > available)
        {
            throw new ArgumentException($"A tensor of the shape [{string.Join(", ", size.ToArray())}] needs {needed} elements, and the array has {available}.");
        }

        (int kind, int index) = At(device);
        fixed (byte* data = &values)
        {
            return Tensor.Result(Native.dv_from_memory(data, size, size.Length, (int)source, (int)(type ?? source), kind, index, Tensor.Byte(requires_grad)));
        }
    }
}
