using DeepVision.Tensors;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>Counts the tensors that a file offers against the limits of <see cref="WeightFileOptions"/>.</summary>
internal sealed class WeightBudget(WeightSource file, WeightFileOptions options)
{
    private const int MaxKeyLength = 4096;

    private int _tensors;
    private long _bytes;

    /// <summary>Why a shape is not supported, or null.</summary>
    public static string? ProblemOf(ReadOnlySpan<long> sizes) =>
        sizes.Length > TensorShape.MaxRank ? $"{sizes.Length} dimensions; at most {TensorShape.MaxRank} are supported" : null;

    /// <summary>Admits one tensor by its name only: one that is not read.</summary>
    public void AdmitName(string key)
    {
        if (key.Length > MaxKeyLength)
        {
            throw file.Error($"a name of {key.Length} characters; at most {MaxKeyLength} are read", null, key);
        }

        if (++_tensors > options.MaxTensors)
        {
            throw file.Error($"more than {options.MaxTensors} tensors ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxTensors)}); raise that limit if you trust the file", null, key);
        }
    }

    /// <summary>Admits one tensor and makes its shape.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="sizes">Its extents, unchecked.</param>
    public TensorShape Admit(string key, ReadOnlySpan<long> sizes)
    {
        AdmitName(key);
        if (ProblemOf(sizes) is { } problem)
        {
            throw file.Error(problem, null, key);
        }

        Span<int> extents = stackalloc int[TensorShape.MaxRank];
        Int128 count = 1;
        bool isEmpty = false;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] is < 0 or > int.MaxValue)
            {
                throw file.Error($"extent {i} of its shape is {sizes[i]}; expected 0 to {int.MaxValue}", null, key);
            }

            extents[i] = (int)sizes[i];
            isEmpty |= sizes[i] == 0;
            count = Int128.Min(count * Math.Max(1, sizes[i]), long.MaxValue);
        }

        // TensorShape multiplies without looking for a zero first, so an empty tensor has to keep this limit as well.
        if (count * sizeof(float) > options.MaxTotalBytes || (!isEmpty && !TryCharge((long)count * sizeof(float))))
        {
            throw OverBudget(key);
        }

        return new TensorShape(extents[..sizes.Length]);
    }

    /// <summary>Counts work that reading a tensor takes beyond its own size: what has to be decompressed before it.</summary>
    public void ChargeDecompression(string key, long bytes)
    {
        if (!TryCharge(bytes))
        {
            throw OverBudget(key);
        }
    }

    private bool TryCharge(long bytes)
    {
        if (bytes > options.MaxTotalBytes - _bytes)
        {
            return false;
        }

        _bytes += bytes;
        return true;
    }

    private WeightsException OverBudget(string key) =>
        file.Error(
            $"with it the tensors need more than {options.MaxTotalBytes} bytes as float32 ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxTotalBytes)})",
            null, key);
}
