using System.Text;
using DeepVision.Tensors;
using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>Turns the NumPy arrays of a pickle into handles.</summary>
internal sealed class NumpyArrayReader(WeightSource file, WeightBudget budget, WeightFileOptions options)
{
    /// <summary>Why an array is not read, or null.</summary>
    public static string? ProblemOf(NumpyArray array) => array switch
    {
        { Sizes: null } or { Dtype: null } => "it is a NumPy array that is described in no known way",
        { Dtype.Type: null } => $"it is a NumPy array of type '{PrintableText.Of(array.Dtype.Code)}', which is not read; convert it with .astype('float32')",
        { Data: not (byte[] or PickleBlob or string) } => "it is a NumPy array of objects, which is not read",
        _ => WeightBudget.ProblemOf(array.Sizes),
    };

    public WeightHandle Read(string key, NumpyArray array)
    {
        TensorShape shape = budget.Admit(key, array.Sizes);
        WeightType type = array.Dtype!.Type!.Value;
        long expected = shape.ElementCount * type.SizeInBytes();
        long found = array.Data switch
        {
            byte[] bytes => bytes.Length,
            PickleBlob blob => blob.Length,
            var text => ((string)text!).Length,
        };
        if (array.Data is string data)
        {
            // Python 2's bytes were read as a text: of UTF-8 where they were valid, else of Latin-1.
            byte[] utf8 = Encoding.UTF8.GetBytes(data);
            found = utf8.Length == expected ? expected : found;
            array.Data = utf8.Length == expected ? utf8 : Encoding.Latin1.GetBytes(data);
        }

        if (found != expected)
        {
            throw file.Error($"its shape {shape} of {type} takes {expected} bytes, but the array has {found}", array.Offset, key);
        }

        (WeightSource source, long start) = array.Data is PickleBlob stored
            ? (stored.Source, stored.Offset)
            : (new MemoryWeightSource(file, (byte[])array.Data!), 0);
        if (array.Dtype.IsBigEndian && type.SizeInBytes() > 1)
        {
            (source, start) = (Reversed(source, start, expected, type.SizeInBytes(), key, array.Offset), 0);
        }

        return new StoredWeightHandle(source, start, type, shape, array.IsColumnMajor ? ColumnMajor(shape) : null, key);
    }

    private MemoryWeightSource Reversed(WeightSource source, long start, long length, int size, string key, long offset)
    {
        if (length > options.MaxMetadataBytes)
        {
            throw file.Error(
                $"it is a big-endian array of {length} bytes; at most {options.MaxMetadataBytes} are turned round ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxMetadataBytes)})",
                offset, key);
        }

        budget.ChargeDecompression(key, length);
        byte[] bytes = new byte[length];
        source.Read(start, bytes, key);
        for (int at = 0; at < bytes.Length; at += size)
        {
            bytes.AsSpan(at, size).Reverse();
        }

        return new MemoryWeightSource(file, bytes);
    }

    private static long[] ColumnMajor(TensorShape shape)
    {
        long[] strides = new long[shape.Rank];
        long stride = 1;
        for (int i = 0; i < strides.Length; i++)
        {
            strides[i] = stride;
            stride *= Math.Max(1, shape[i]);
        }

        return strides;
    }
}
