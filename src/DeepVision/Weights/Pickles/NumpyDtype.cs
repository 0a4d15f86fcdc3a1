using DeepVision.Tensors;

namespace DeepVision.Weights.Pickles;

/// <summary>The type of a NumPy array's elements.</summary>
/// <param name="code">NumPy's code, with or without a byte order before it: <c>f4</c>, <c>&lt;i8</c>.</param>
internal sealed class NumpyDtype(string code)
{
    /// <summary>The code without the byte order.</summary>
    public string Code { get; } = code.TrimStart('<', '>', '=', '|');

    public bool IsBigEndian { get; set; } = code.StartsWith('>');

    /// <summary>The type that is read; null for complex numbers, texts, objects and whatever else NumPy has.</summary>
    public WeightType? Type => Code switch
    {
        "f4" => WeightType.Float32,
        "f8" => WeightType.Float64,
        "f2" => WeightType.Float16,
        "i8" => WeightType.Int64,
        "i4" => WeightType.Int32,
        "i2" => WeightType.Int16,
        "i1" => WeightType.Int8,
        "u1" => WeightType.UInt8,
        "b1" => WeightType.Boolean,
        _ => null,
    };
}
