using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>While training, sets whole channels of (N, C, H, W) to 0 at random and scales the others up.</summary>
public sealed class Dropout2d : ParameterLessModule<Tensor, Tensor>
{
    internal Dropout2d(double p, bool inplace)
        : base(nameof(Dropout2d))
    {
        this.p = p;
        this.inplace = inplace;
    }

    /// <summary>The probability of a 0.</summary>
    public double p { get; set; }

    /// <summary>Whether the input is changed; the result is then another handle of it.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.dropout2d(input, p, training, inplace);
}
