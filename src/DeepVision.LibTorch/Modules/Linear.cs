using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A fully connected layer over the last axis.</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal Linear(Parameter weight, Parameter? bias)
        : base(nameof(Linear))
    {
        out_features = weight.shape[0];
        in_features = weight.shape[1];
        this.weight = weight;
        this.bias = bias;
    }

    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
        : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = new Parameter(empty([outputSize, inputSize], dtype, device));
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (hasBias)
        {
            bias = new Parameter(empty([outputSize], dtype, device));
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            nn.init.uniform_(bias, -bound, bound);
        }
    }

    /// <summary>The factors, (out_features, in_features). A new one takes the place of the old, which is disposed.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetComponent(ref _weight, value, nameof(weight));
    }

    /// <summary>What is added to each output, (out_features), or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetComponent(ref _bias, value, nameof(bias));
    }

    /// <summary>The length of the input's last axis.</summary>
    public long in_features { get; set; }

    /// <summary>The length of the output's last axis.</summary>
    public long out_features { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight!, _bias);
}
