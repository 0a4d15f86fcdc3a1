using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels.Pooling;

/// <summary>
/// The pixels that an output pixel of a pool covers along one axis, and how many of them count in a mean: fixed windows with
/// padding, or PyTorch's adaptive cells floor(i * H / n) to ceil((i + 1) * H / n).
/// </summary>
/// <param name="Kernel">Extent of a window.</param>
/// <param name="Stride">Step of the windows.</param>
/// <param name="Padding">Padding before the map.</param>
/// <param name="PaddingAfter">Padding behind the map.</param>
/// <param name="Dilation">Distance of taps.</param>
/// <param name="Input">Extent of the map.</param>
/// <param name="Output">Extent of the output.</param>
/// <param name="IsAdaptive">Whether the cells are adaptive; the other numbers but the extents do not matter then.</param>
internal readonly record struct PoolAxis(
    int Kernel, int Stride, int Padding, int PaddingAfter, int Dilation, int Input, int Output, bool IsAdaptive)
{
    internal static PoolAxis Adaptive(int input, int output) => new(0, 0, 0, 0, 1, input, output, IsAdaptive: true);

    /// <summary>The covered pixels inside of the map: first, one past the last, distance.</summary>
    internal (int First, int End, int Step) Range(int index)
    {
        if (IsAdaptive)
        {
            return ((int)((long)index * Input / Output), (int)((((long)index + 1) * Input + Output - 1) / Output), 1);
        }

        int start = (index * Stride) - Padding;
        int first = start >= 0 ? start : start + ((-start + Dilation - 1) / Dilation * Dilation);
        int end = Math.Min(start + ((Kernel - 1) * Dilation) + 1, Input);
        return (first, end, Dilation);
    }

    /// <summary>Pixels that count when padding does: those of the window up to the end of the padding behind the map.</summary>
    internal int PaddedCount(int index)
    {
        int start = (index * Stride) - Padding;
        return Math.Min(start + Kernel, Input + PaddingAfter) - start;
    }

    /// <summary>Both axes of a pool with windows.</summary>
    internal static (PoolAxis Y, PoolAxis X) Windows(
        Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation, Size2D input, Size2D output) => (
        new(kernel.Height, stride.Height, padding.Top, padding.Bottom, dilation.Height, input.Height, output.Height, IsAdaptive: false),
        new(kernel.Width, stride.Width, padding.Left, padding.Right, dilation.Width, input.Width, output.Width, IsAdaptive: false));
}
