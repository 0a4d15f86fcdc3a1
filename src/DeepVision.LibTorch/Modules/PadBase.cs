using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adds a border.</summary>
public abstract class PadBase : ParameterLessModule<Tensor, Tensor>
{
    private readonly PaddingModes _mode;

    private protected PadBase(string name, PaddingModes mode, double value, params long[] padding)
        : base(name)
    {
        _mode = mode;
        this.value = value;
        this.padding = padding;
    }

    /// <summary>How much before and after, the last axis first. Negative values cut.</summary>
    public long[] padding { get; set; }

    /// <summary>What the border holds.</summary>
    public double value { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, _mode, value);
}
