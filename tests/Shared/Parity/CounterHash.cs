using System.Text;

namespace DeepVision.Tests.Parity;

/// <summary>
/// 64 random-looking bits for each (name, index): the counter-based generator behind <see cref="ParityWeights"/> and
/// <see cref="ParityImages"/>. The same formulas stand in tests/golden/parity_weights.py.
/// </summary>
internal static class CounterHash
{
    internal const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>FNV-1a, 64 bits, of the key's UTF-8 bytes.</summary>
    internal static ulong OfKey(string key)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(key))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The bits of one element.</summary>
    internal static ulong Bits(ulong keyHash, long index) => Mix(keyHash + ((ulong)(index + 1) * Golden));

    /// <summary>[0, 1) in steps of 2^-24: exact.</summary>
    internal static float Unit(ulong bits) => (bits >> 40) * (1f / (1 << 24));

    /// <summary>[-1, 1) in steps of 2^-23: exact.</summary>
    internal static float Signed(ulong bits) => ((int)(bits >> 40) - (1 << 23)) * (1f / (1 << 23));
}
