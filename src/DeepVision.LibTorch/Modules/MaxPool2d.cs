using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest value of each window of (N, C, H, W) or (C, H, W).</summary>
public sealed class MaxPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
        : base(nameof(MaxPool2d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.ceil_mode = ceil_mode;
    }

    /// <summary>The window's extent along each axis.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The step along each axis; null for the window's extent.</summary>
    public long[]? stride { get; set; }

    /// <summary>The padding on both sides of each axis; null for none.</summary>
    public long[]? padding { get; set; }

    /// <summary>The distance between the window's values; null for 1.</summary>
    public long[]? dilation { get; set; }

    /// <summary>Whether a window that stands out beyond the edge counts.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);
}
