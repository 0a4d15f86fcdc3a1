namespace DeepVision.Graphs;

/// <summary>An elementwise function with its constant.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Slope">The slope below zero of <see cref="ActivationKind.LeakyRelu"/>; 0 for every other function.</param>
public readonly record struct Activation(ActivationKind Kind, float Slope = 0)
{
    /// <summary>x.</summary>
    public static Activation Identity => default;

    /// <summary>max(x, 0).</summary>
    public static Activation Relu => new(ActivationKind.Relu);

    /// <summary>min(max(x, 0), 6).</summary>
    public static Activation Relu6 => new(ActivationKind.Relu6);

    /// <summary>x * sigmoid(x), also called Swish.</summary>
    public static Activation Silu => new(ActivationKind.Silu);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid => new(ActivationKind.Sigmoid);

    /// <summary>x * hardsigmoid(x).</summary>
    public static Activation HardSwish => new(ActivationKind.HardSwish);

    /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
    public static Activation HardSigmoid => new(ActivationKind.HardSigmoid);

    /// <summary>x * tanh(softplus(x)).</summary>
    public static Activation Mish => new(ActivationKind.Mish);

    /// <summary>The exact GELU, by the error function.</summary>
    public static Activation Gelu => new(ActivationKind.Gelu);

    /// <summary>tanh(x).</summary>
    public static Activation Tanh => new(ActivationKind.Tanh);

    /// <summary>x where x is at least 0, else slope * x.</summary>
    /// <param name="slope">PyTorch's default is 0.01, YOLO's is 0.1.</param>
    public static Activation LeakyRelu(float slope = 0.01f) => new(ActivationKind.LeakyRelu, slope);

    /// <summary>The function's name, with its slope where it has one.</summary>
    public override string ToString() => Kind == ActivationKind.LeakyRelu ? FormattableString.Invariant($"LeakyRelu({Slope})") : Kind.ToString();
}
