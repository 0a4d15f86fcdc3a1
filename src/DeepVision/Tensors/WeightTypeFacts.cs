namespace DeepVision.Tensors;

/// <summary>What the readers and writers need to know of a <see cref="WeightType"/>.</summary>
internal static class WeightTypeFacts
{
    public static int SizeInBytes(this WeightType type) => type switch
    {
        WeightType.Float64 or WeightType.Int64 => 8,
        WeightType.Float32 or WeightType.Int32 => 4,
        WeightType.Float16 or WeightType.BFloat16 or WeightType.Int16 => 2,
        WeightType.Int8 or WeightType.UInt8 or WeightType.Boolean => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a weight type."),
    };

    public static bool IsFloatingPoint(this WeightType type) =>
        type is WeightType.Float32 or WeightType.Float64 or WeightType.Float16 or WeightType.BFloat16;
}
