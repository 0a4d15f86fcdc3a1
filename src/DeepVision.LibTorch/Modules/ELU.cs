using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x, and alpha (exp(x) - 1) where it is negative.</summary>
public sealed class ELU : ParameterLessModule<Tensor, Tensor>
{
    internal ELU(double alpha, bool inplace)
        : base(nameof(ELU))
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    /// <summary>The factor below 0.</summary>
    public double alpha { get; set; }

    /// <summary>Whether the input is changed; the result is then another handle of it.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.elu(tensor, alpha, inplace);
}
