namespace DeepVision.Graphs.Initialization;

/// <summary>Random numbers that are a function of name, seed and index: splitmix64's finalizer over a keyed counter.</summary>
internal readonly struct CounterRandom
{
    private readonly ulong _key;

    internal CounterRandom(string name, ulong seed)
    {
        // FNV-1a over the name's UTF-16 code units.
        ulong hash = 14695981039346656037;
        foreach (char unit in name)
        {
            hash = (hash ^ unit) * 1099511628211;
        }

        _key = Mix(hash ^ Mix(seed + 0x9E3779B97F4A7C15));
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    internal double Uniform(int index) => (Mix(_key + (((ulong)index + 1) * 0x9E3779B97F4A7C15)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
