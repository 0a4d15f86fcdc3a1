using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Resizes images, to a size or by a factor.</summary>
public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
{
    private readonly long[]? _size;
    private readonly double[]? _scaleFactor;

    internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
        : base(nameof(Upsample))
    {
        _size = size;
        _scaleFactor = scale_factor;
        this.mode = mode;
        this.align_corners = align_corners;
        this.recompute_scale_factor = recompute_scale_factor;
    }

    /// <summary>Whether the factors are taken anew from the rounded size; null for no.</summary>
    public bool? recompute_scale_factor { get; set; }

    /// <summary>How values between pixels are found.</summary>
    public UpsampleMode mode { get; }

    /// <summary>Whether the corner pixels' centres stay where they are; null for no.</summary>
    public bool? align_corners { get; }

    /// <summary>The new height and width, or empty.</summary>
    public ReadOnlySpan<long> size => _size;

    /// <summary>The factors of height and width, or empty.</summary>
    public ReadOnlySpan<double> scale_factor => _scaleFactor;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => 
        nn.functional.interpolate(input, _size, _scaleFactor, (InterpolationMode)mode, align_corners, recompute_scale_factor ?? false);
}
