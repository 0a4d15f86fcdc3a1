namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>
/// Which two rows (or columns) each row of the output lies between, and how near it is to the second, with pixel centers
/// aligned. Computed in float32 as PyTorch does: (i + 0.5) * (in / out) - 0.5, at least 0.
/// </summary>
internal sealed class BilinearAxis
{
    internal BilinearAxis(int input, int output)
    {
        First = new int[output];
        Second = new int[output];
        Weight = new float[output];
        float scale = (float)input / output;
        for (int i = 0; i < output; i++)
        {
            float position = MathF.Max(((i + 0.5f) * scale) - 0.5f, 0);
            First[i] = Math.Min((int)position, input - 1);
            Second[i] = Math.Min(First[i] + 1, input - 1);
            Weight[i] = Math.Clamp(position - First[i], 0, 1);
        }
    }

    /// <summary>The row at or before each position.</summary>
    internal int[] First { get; }

    /// <summary>The row behind it, or the same at the end.</summary>
    internal int[] Second { get; }

    /// <summary>The second row's share, 0 to 1.</summary>
    internal float[] Weight { get; }
}
