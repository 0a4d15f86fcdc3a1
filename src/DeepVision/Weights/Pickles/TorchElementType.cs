using DeepVision.Tensors;

namespace DeepVision.Weights.Pickles;

/// <summary>The type of a storage's or tensor's elements as PyTorch names it, be it read here or not.</summary>
/// <param name="Name">PyTorch's name.</param>
/// <param name="SizeInBytes">Bytes of one element; 0 where that is not known.</param>
/// <param name="Known">The type that is read; null for one that a file may hold but that is not read.</param>
internal sealed record TorchElementType(string Name, int SizeInBytes, WeightType? Known)
{
    private static readonly Dictionary<string, TorchElementType> ByName = Table();

    public bool IsComplex => Name.StartsWith("complex", StringComparison.OrdinalIgnoreCase);

    /// <summary>A type of the table by the name of its dtype or storage class; null for any other.</summary>
    public static TorchElementType? Find(string name) => ByName.GetValueOrDefault(name);

    public override string ToString() => Known?.ToString() ?? Name;

    private static Dictionary<string, TorchElementType> Table()
    {
        var table = new Dictionary<string, TorchElementType>();
        void Add(WeightType type, params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                table.Add("torch." + name, new TorchElementType(name, type.SizeInBytes(), type));
            }
        }

        void Skip(int size, params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                table.Add("torch." + name, new TorchElementType(name, size, null));
            }
        }

        Add(WeightType.Float32, "FloatStorage", "float32");
        Add(WeightType.Float64, "DoubleStorage", "float64");
        Add(WeightType.Float16, "HalfStorage", "float16");
        Add(WeightType.BFloat16, "BFloat16Storage", "bfloat16");
        Add(WeightType.Int64, "LongStorage", "int64");
        Add(WeightType.Int32, "IntStorage", "int32");
        Add(WeightType.Int16, "ShortStorage", "int16");
        Add(WeightType.Int8, "CharStorage", "int8");
        Add(WeightType.UInt8, "ByteStorage", "uint8", "storage.UntypedStorage", "storage._UntypedStorage", "UntypedStorage", "_UntypedStorage");
        Add(WeightType.Boolean, "BoolStorage", "bool");
        Skip(1, "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu", "float4_e2m1fn_x2");
        Skip(1, "qint8", "quint8", "quint4x2", "quint2x4", "bits8", "QInt8Storage", "QUInt8Storage", "QUInt4x2Storage", "QUInt2x4Storage");
        Skip(2, "uint16", "bits16");
        Skip(4, "uint32", "qint32", "QInt32Storage", "complex32", "ComplexHalfStorage");
        Skip(8, "uint64", "complex64", "ComplexFloatStorage");
        Skip(16, "complex128", "ComplexDoubleStorage");
        return table;
    }
}
