using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>How <see cref="SafeTensorsWriter"/> writes.</summary>
public sealed record SafeTensorsWriterOptions
{
    /// <summary>
    /// The type that floating-point tensors are stored as: Float32, Float64, Float16 or BFloat16. Integer and boolean
    /// tensors keep theirs. Default: null, every tensor keeps its type.
    /// </summary>
    public WeightType? FloatType { get; init; }

    /// <summary>Texts for the header's <c>__metadata__</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
