namespace DeepVision.Tests.Cpu;

/// <summary>An (N, C, H, W) tensor for a kernel test.</summary>
internal sealed record PlanarTensor(int N, int C, int H, int W, float[] Values)
{
    internal static PlanarTensor Random(int n, int c, int h, int w, int seed, float scale = 1) =>
        new(n, c, h, w, Noise.Array(n * c * h * w, seed, scale));
}
