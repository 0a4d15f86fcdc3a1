using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The mean of each window of (N, C, H, W) or (C, H, W).</summary>
public sealed class AvgPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal AvgPool2d(long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad, long? divisor_override)
        : base(nameof(AvgPool2d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.ceil_mode = ceil_mode;
        this.count_include_pad = count_include_pad;
        this.divisor_override = divisor_override;
    }

    /// <summary>The window's extent along each axis.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The step along each axis; null for the window's extent.</summary>
    public long[]? stride { get; set; }

    /// <summary>The padding on both sides of each axis; null for none.</summary>
    public long[]? padding { get; set; }

    /// <summary>Whether a window that stands out beyond the edge counts.</summary>
    public bool ceil_mode { get; set; }

    /// <summary>Whether the padding's zeros count in the divisor.</summary>
    public bool count_include_pad { get; set; }

    /// <summary>What the sum is divided by instead of the number of values, or null.</summary>
    public long? divisor_override { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => 
        nn.functional.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
}
