namespace DeepVision.Graphs;

/// <summary>The elementwise functions that follow a layer. Formulas are those of PyTorch.</summary>
public enum ActivationKind
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>max(x, 0); NaN stays NaN.</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x where x is at least 0, else slope * x.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x * sigmoid(x), also called Swish.</summary>
    Silu,

    /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
    HardSigmoid,

    /// <summary>x * hardsigmoid(x).</summary>
    HardSwish,

    /// <summary>x * tanh(softplus(x)).</summary>
    Mish,

    /// <summary>0.5 * x * (1 + erf(x / sqrt(2))).</summary>
    Gelu,

    /// <summary>tanh(x).</summary>
    Tanh,
}
