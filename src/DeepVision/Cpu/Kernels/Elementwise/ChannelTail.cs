using System.Runtime.CompilerServices;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>Keeps the promise that lanes beyond the last channel are zero.</summary>
internal static unsafe class ChannelTail
{
    /// <summary>Zeroes the lanes from <paramref name="lanes"/> on in each of some vectors of <paramref name="width"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Clear(float* vectors, long count, int width, int lanes)
    {
        if (lanes == width)
        {
            return;
        }

        for (long i = 0; i < count; i++)
        {
            for (int lane = lanes; lane < width; lane++)
            {
                vectors[lane] = 0;
            }

            vectors += width;
        }
    }
}
