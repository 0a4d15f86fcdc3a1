namespace DeepVision.Torch.Training.Data;

/// <summary>Which examples are in which batch: a function of the number of examples, the seed and the batch's number.</summary>
internal sealed class EpochOrder
{
    private const ulong OrderPurpose = 1;
    private readonly int _count;
    private readonly LoaderOptions _options;
    private readonly Lock _gate = new();
    private long _epoch = -1;
    private int[] _permutation = [];

    public EpochOrder(int count, LoaderOptions options, LastBatch lastBatch)
    {
        _count = count;
        _options = options;
        int full = count / options.BatchSize;
        BatchesPerEpoch = lastBatch == LastBatch.Smaller ? (count + options.BatchSize - 1) / options.BatchSize : full;
        if (BatchesPerEpoch == 0)
        {
            throw new ArgumentException(
                $"The data has {count} examples, and a batch takes {options.BatchSize}. Take a smaller {nameof(LoaderOptions.BatchSize)} or more data.");
        }
    }

    public int BatchesPerEpoch { get; }

    /// <summary>A batch's epoch and the indices of its examples.</summary>
    public (long Epoch, int[] Indices) Batch(long number)
    {
        (long epoch, long inEpoch) = Math.DivRem(number, BatchesPerEpoch);
        int first = (int)inEpoch * _options.BatchSize;
        int length = Math.Min(_options.BatchSize, _count - first);
        return (epoch, PermutationOf(epoch).AsSpan(first, length).ToArray());
    }

    // The last epoch's order is kept; near an epoch's end threads that work on either side of it compute it anew.
    private int[] PermutationOf(long epoch)
    {
        lock (_gate)
        {
            if (epoch == _epoch)
            {
                return _permutation;
            }
        }

        int[] permutation = [.. Enumerable.Range(0, _count)];
        if (_options.Order == ExampleOrder.Shuffled)
        {
            new ExampleRandom(_options.Seed, epoch, 0, OrderPurpose).Shuffle(permutation.AsSpan());
        }

        lock (_gate)
        {
            (_epoch, _permutation) = (epoch, permutation);
        }

        return permutation;
    }
}
