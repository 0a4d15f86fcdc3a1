using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x cut off at two bounds.</summary>
public sealed class Hardtanh : ParameterLessModule<Tensor, Tensor>
{
    internal Hardtanh(double min_val, double max_val, bool inplace)
        : base(nameof(Hardtanh))
    {
        this.min_val = min_val;
        this.max_val = max_val;
        this.inplace = inplace;
    }

    /// <summary>The lower bound.</summary>
    public double min_val { get; set; }

    /// <summary>The upper bound.</summary>
    public double max_val { get; set; }

    /// <summary>Whether the input is changed; the result is then another handle of it.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.hardtanh(tensor, min_val, max_val, inplace);
}
