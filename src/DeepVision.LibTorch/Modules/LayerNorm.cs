using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises over the last axes.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (elementwise_affine)
        {
            weight = new Parameter(ones(normalized_shape, dtype, device));
            if (bias)
            {
                this.bias = new Parameter(zeros(normalized_shape, dtype, device));
            }
        }
    }

    /// <summary>
    /// The factors, of the normalised shape; null inside without affine. A new one takes the place of the old, which is disposed.
    /// </summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetComponent(ref _weight, value, nameof(weight));
    }

    /// <summary>The summands, of the normalised shape, or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetComponent(ref _bias, value, nameof(bias));
    }

    /// <summary>The lengths of the last axes.</summary>
    public long[] normalized_shape { get; set; }

    /// <summary>What is added to the variance before the square root.</summary>
    public double eps { get; set; }

    /// <summary>Whether there is a weight.</summary>
    public bool elementwise_affine { get; set; }

    /// <summary>Sets the weight to 1 and the bias to 0.</summary>
    public void reset_parameters()
    {
        if (_weight is not null)
        {
            nn.init.ones_(_weight);
        }

        if (_bias is not null)
        {
            nn.init.zeros_(_bias);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
}
