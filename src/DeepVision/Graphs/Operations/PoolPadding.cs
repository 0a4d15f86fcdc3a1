using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>PyTorch's rule for pools: padding is at most half the kernel, so that every window touches the map.</summary>
internal static class PoolPadding
{
    internal static void Validate(Size2D kernel, Padding2D padding)
    {
        if (Math.Max(padding.Top, padding.Bottom) > kernel.Height / 2 || Math.Max(padding.Left, padding.Right) > kernel.Width / 2)
        {
            throw new ModelBuildException($"expected padding of at most half the kernel {kernel}; found {padding}.");
        }
    }
}
