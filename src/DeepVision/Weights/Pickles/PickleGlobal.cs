namespace DeepVision.Weights.Pickles;

/// <summary>A Python global of the allow-list: a name with a meaning fixed here, never code.</summary>
internal sealed record PickleGlobal(PickleGlobalKind Kind, string Name, WeightType? ElementType = null)
{
    /// <summary>Looks a global up; null for everything that is not on the list.</summary>
    public static PickleGlobal? Find(string module, string name)
    {
        string full = $"{module}.{name}";
        PickleGlobalKind? kind = full switch
        {
            "collections.OrderedDict" => PickleGlobalKind.OrderedDict,
            "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" => PickleGlobalKind.RebuildTensor,
            "torch._utils._rebuild_tensor_v3" => PickleGlobalKind.RebuildTypedTensor,
            "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state" => PickleGlobalKind.RebuildParameter,
            "torch.Size" => PickleGlobalKind.Size,
            "torch.device"
                or "collections.defaultdict" or "collections.Counter"
                or "argparse.Namespace"
                or "builtins.set" or "builtins.frozenset" or "builtins.dict" or "builtins.complex" or "builtins.bytearray"
                or "__builtin__.set" or "__builtin__.frozenset" or "__builtin__.dict" or "__builtin__.complex" or "__builtin__.bytearray"
                or "_codecs.encode"
                or "numpy.dtype" or "numpy.ndarray"
                or "numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar"
                or "numpy.core.multiarray._reconstruct" or "numpy._core.multiarray._reconstruct" => PickleGlobalKind.Inert,
            _ => null,
        };
        if (kind is not null)
        {
            return new PickleGlobal(kind.Value, full);
        }

        WeightType? type = full switch
        {
            "torch.FloatStorage" or "torch.float32" => WeightType.Float32,
            "torch.DoubleStorage" or "torch.float64" => WeightType.Float64,
            "torch.HalfStorage" or "torch.float16" => WeightType.Float16,
            "torch.BFloat16Storage" or "torch.bfloat16" => WeightType.BFloat16,
            "torch.LongStorage" or "torch.int64" => WeightType.Int64,
            "torch.IntStorage" or "torch.int32" => WeightType.Int32,
            "torch.ShortStorage" or "torch.int16" => WeightType.Int16,
            "torch.CharStorage" or "torch.int8" => WeightType.Int8,
            "torch.ByteStorage" or "torch.uint8"
                or "torch.storage.UntypedStorage" or "torch.storage._UntypedStorage" => WeightType.UInt8,
            "torch.BoolStorage" or "torch.bool" => WeightType.Boolean,
            _ => null,
        };
        return type is null ? null : new PickleGlobal(PickleGlobalKind.ElementType, full, type);
    }
}
