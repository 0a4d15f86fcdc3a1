using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises each group of channels of each image: (N, C, ...) with at least three axes.</summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        if (affine)
        {
            weight = new Parameter(ones([num_channels], dtype, device));
            bias = new Parameter(zeros([num_channels], dtype, device));
        }
    }

    /// <summary>The factors, (num_channels); null inside without affine. A new one takes the place of the old, which is disposed.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetComponent(ref _weight, value, nameof(weight));
    }

    /// <summary>The summands, (num_channels), or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetComponent(ref _bias, value, nameof(bias));
    }

    /// <summary>The groups into which the channels are split.</summary>
    public long num_groups { get; set; }

    /// <summary>What is added to the variance before the square root.</summary>
    public double eps { get; set; }

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool affine { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
    {
        if (tensor.ndim < 3)
        {
            throw new ArgumentException($"Group norm needs at least three axes, found {tensor.ndim}.", nameof(tensor));
        }

        return nn.functional.group_norm(tensor, num_groups, _weight, _bias, eps);
    }
}
