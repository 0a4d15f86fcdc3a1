using DeepVision.Tensors;

namespace DeepVision.Weights.Containers;

/// <summary>The names that safetensors gives the element types.</summary>
internal static class SafeTensorsTypes
{
    private static readonly (string Name, WeightType Type)[] Table =
    [
        ("F32", WeightType.Float32), ("F64", WeightType.Float64), ("F16", WeightType.Float16), ("BF16", WeightType.BFloat16),
        ("I64", WeightType.Int64), ("I32", WeightType.Int32), ("I16", WeightType.Int16), ("I8", WeightType.Int8),
        ("U8", WeightType.UInt8), ("BOOL", WeightType.Boolean),
    ];

    public static string Names { get; } = string.Join(", ", Table.Select(row => row.Name));

    public static WeightType? Find(string name)
    {
        foreach ((string known, WeightType type) in Table)
        {
            if (known == name)
            {
                return type;
            }
        }

        return null;
    }

    public static string NameOf(WeightType type) => Table.First(row => row.Type == type).Name;
}
