namespace DeepVision.Torch.Training.Data;

/// <summary>
/// The random numbers of one example in one epoch: a pure function of seed, epoch and index (SplitMix64 over a counter), so
/// that an example is augmented in the same way whichever thread does it and wherever a run was resumed. Not thread-safe.
/// </summary>
public sealed class ExampleRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private readonly ulong _key;
    private ulong _counter;

    /// <summary>Starts the numbers of one example.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The example's index in its data.</param>
    public ExampleRandom(ulong seed, long epoch, long index)
        : this(seed, epoch, index, purpose: 0)
    {
    }

    internal ExampleRandom(ulong seed, long epoch, long index, ulong purpose) =>
        _key = Mix(Mix(Mix(Mix(seed + Golden) ^ (ulong)epoch) + Golden) ^ (ulong)index) + (purpose * Golden);

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_key + (++_counter * Golden));

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in [low, high).</summary>
    public double NextBetween(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>A whole number in [0, count), each equally probable.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public int NextIndex(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        // The high half of the product is uniform once the few low values that would favor some results are drawn again.
        ulong unfair = (0UL - (ulong)count) % (ulong)count;
        while (true)
        {
            ulong high = Math.BigMul(NextBits(), (ulong)count, out ulong low);
            if (low >= unfair)
            {
                return (int)high;
            }
        }
    }

    /// <summary>True with a probability.</summary>
    /// <param name="probability">0 never, 1 always.</param>
    public bool NextBool(double probability) => NextUnit() < probability;

    /// <summary>Puts elements into random order, each order equally probable.</summary>
    public void Shuffle<T>(Span<T> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int j = NextIndex(i + 1);
            (elements[i], elements[j]) = (elements[j], elements[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
