namespace DeepVision.Tests.Cpu;

/// <summary>Repeatable values in [-1, 1] from a counter, the same on every machine.</summary>
internal static class Noise
{
    internal static float[] Array(int length, int seed, float scale = 1)
    {
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = Value(i, seed) * scale;
        }

        return values;
    }

    internal static float Value(int index, int seed)
    {
        ulong x = ((ulong)(uint)seed << 32) | (uint)index;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        x ^= x >> 31;
        return ((x >> 40) / (float)(1 << 23)) - 1;
    }
}
