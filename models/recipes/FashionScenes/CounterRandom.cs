namespace DeepVision.FashionScenes;

/// <summary>
/// Random numbers as a pure function of a key and a counter (Steele, Lea and Flood's SplitMix64), the same on every machine.
/// A scene's numbers depend on the seed and the scene's index only, so that any scene can be rendered alone.
/// </summary>
internal struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private readonly ulong _key;
    private ulong _counter;

    /// <summary>A stream of numbers that nothing but these three values decides.</summary>
    public CounterRandom(ulong seed, ulong index, ulong purpose)
    {
        _key = Mix(Mix(Mix(seed + Golden) ^ index) + (purpose * Golden));
        _counter = 0;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_key + (++_counter * Golden));

    /// <summary>A multiple of 2^-53 in [0, 1).</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A value in [low, high).</summary>
    public double NextBetween(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>A whole number in [0, count). The bias of at most count / 2^32 is of no importance here.</summary>
    public int NextIndex(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>Noise in [0, 1) at a lattice point, whatever was drawn before.</summary>
    public readonly double At(int x, int y, int layer)
    {
        ulong place = ((ulong)(uint)x << 32) | (uint)y;
        return (Mix(Mix(_key ^ place) + ((ulong)layer * Golden)) >> 11) * (1.0 / (1L << 53));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
