namespace DeepVision.Graphs.Operations;

/// <summary>PyTorch's rule for pools: padding is at most half the kernel, so that every window touches the map.</summary>
internal static class PoolPadding
{
    internal static void Validate(Size2D kernel, Padding2D padding)
    {
        if (Math.Max(padding.Top, padding.Bottom) * 2 > kernel.Height || Math.Max(padding.Left, padding.Right) * 2 > kernel.Width)
        {
            throw new ModelBuildException($"expected padding of at most half the kernel {kernel}; found {padding}.");
        }
    }
}
