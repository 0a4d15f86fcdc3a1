namespace DeepVision.Graphs.Initialization;

/// <summary>How a parameter starts where no file gives its values: the distributions of PyTorch's layers. The numbers come from a seed.</summary>
public abstract record Initializer
{
    private protected Initializer()
    {
    }

    /// <summary>Every element 0.</summary>
    public static Initializer Zero { get; } = new ConstantInitializer(0);

    /// <summary>Every element 1.</summary>
    public static Initializer One { get; } = new ConstantInitializer(1);

    /// <summary>Every element the same.</summary>
    public static Initializer Constant(float value) => new ConstantInitializer(value);

    /// <summary>Uniform within 1 / sqrt(fanIn) of 0: how PyTorch's convolution and linear layers start, weight and bias alike.</summary>
    public static Initializer TorchDefault(int fanIn) => new UniformInitializer((float)(1 / Math.Sqrt(fanIn)));

    /// <summary>Uniform within a bound of 0.</summary>
    public static Initializer Uniform(float bound) => new UniformInitializer(bound);

    /// <summary>Normal around 0.</summary>
    public static Initializer Normal(float deviation) => new NormalInitializer(deviation);

    /// <summary>Normal around 0 with deviation sqrt(2 / fanOut): He's rule for layers before a ReLU, fan-out mode.</summary>
    public static Initializer KaimingNormalFanOut(int fanOut) => new NormalInitializer((float)Math.Sqrt(2.0 / fanOut));

    /// <summary>Normal around 0 with deviation sqrt(2 / fanIn): He's rule for layers before a ReLU, fan-in mode.</summary>
    public static Initializer KaimingNormalFanIn(int fanIn) => new NormalInitializer((float)Math.Sqrt(2.0 / fanIn));

    /// <summary>Uniform within sqrt(3 / fanIn) of 0: He's rule with gain 1, as torchvision's FPN.</summary>
    public static Initializer KaimingUniform(int fanIn) => new UniformInitializer((float)Math.Sqrt(3.0 / fanIn));

    /// <summary>Uniform within sqrt(6 / (fanIn + fanOut)) of 0: Glorot's rule, as in SSD.</summary>
    public static Initializer XavierUniform(int fanIn, int fanOut) => new UniformInitializer((float)Math.Sqrt(6.0 / ((double)fanIn + fanOut)));

    /// <summary>Fills a tensor. The same seed and name give the same values on every machine.</summary>
    /// <param name="destination">All elements.</param>
    /// <param name="name">The parameter's name, mixed into the seed so that tensors differ.</param>
    /// <param name="seed">The model's seed.</param>
    public abstract void Fill(Span<float> destination, string name, ulong seed);
}
