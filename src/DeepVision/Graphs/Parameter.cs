using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs;

/// <summary>
/// A named tensor that nodes refer to. It has a name, a shape and a way to be initialized, but no values: those come from
/// an <see cref="IParameterValues"/>. One parameter can serve several nodes.
/// </summary>
public sealed class Parameter
{
    internal Parameter(string name, ParameterRole role, TensorShape shape, Initializer initializer)
    {
        Name = name;
        Role = role;
        Shape = shape;
        Initializer = initializer;
    }

    /// <summary>The key in a PyTorch state dict, like <c>layer1.0.conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>What its nodes use it for.</summary>
    public ParameterRole Role { get; }

    /// <summary>Its extents.</summary>
    public TensorShape Shape { get; }

    /// <summary>How it starts where no file gives it, as PyTorch's layers do.</summary>
    public Initializer Initializer { get; }

    /// <summary>Learned or stored.</summary>
    public ParameterKind Kind { get; init; }

    /// <summary>The stored type: float32, or int64 for a batch count.</summary>
    public WeightType Type => Role == ParameterRole.BatchCount ? WeightType.Int64 : WeightType.Float32;

    /// <summary>Where the values come from if not from a file: what a graph pass computes from other parameters. Else null.</summary>
    public ParameterDerivation? Derivation { get; init; }

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} {Shape}";
}
