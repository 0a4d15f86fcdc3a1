namespace DeepVision.Weights.Pickles;

/// <summary>A Python global: a name, and what calling it means here. Never code.</summary>
internal sealed record PickleGlobal(PickleGlobalKind Kind, string Name, TorchElementType? ElementType = null)
{
    /// <summary>Where the pickle names it, for messages.</summary>
    public long Offset { get; init; }

    /// <summary>Whether it is a function that makes a tensor, read or not.</summary>
    public bool MakesTensor => Kind is PickleGlobalKind.RebuildTensor or PickleGlobalKind.RebuildTypedTensor or PickleGlobalKind.RebuildParameter
        or PickleGlobalKind.TensorClass or PickleGlobalKind.QuantizedTensor or PickleGlobalKind.SparseTensor or PickleGlobalKind.NestedTensor
        or PickleGlobalKind.MetaTensor or PickleGlobalKind.WrapperTensor;

    /// <summary>Looks a global up; one that is not on the list makes inert records.</summary>
    public static PickleGlobal Find(string module, string name, long offset)
    {
        string full = $"{module}.{name}";
        if (TorchElementType.Find(full) is { } type)
        {
            return new PickleGlobal(PickleGlobalKind.ElementType, full, type) { Offset = offset };
        }

        PickleGlobalKind kind = full switch
        {
            "collections.OrderedDict" => PickleGlobalKind.OrderedDict,
            "collections.defaultdict" or "collections.Counter" or "builtins.dict" or "__builtin__.dict" => PickleGlobalKind.Dictionary,
            "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" => PickleGlobalKind.RebuildTensor,
            "torch._utils._rebuild_tensor_v3" => PickleGlobalKind.RebuildTypedTensor,
            "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state"
                or "torch._utils._rebuild_device_tensor_from_cpu_tensor" => PickleGlobalKind.RebuildParameter,
            "torch._utils._rebuild_device_tensor_from_numpy" or "torch._utils._rebuild_xla_tensor" or "torch._utils._rebuild_hpu_tensor"
                or "torch._utils._rebuild_mlc_tensor" or "torch._utils._rebuild_ort_tensor" => PickleGlobalKind.RebuildParameter,
            "torch.nn.parameter.Parameter" or "torch.nn.Parameter" or "torch.nn.parameter.Buffer" or "torch.nn.Buffer"
                or "torch.autograd.variable.Variable" or "torch.Tensor" or "torch._tensor.Tensor" => PickleGlobalKind.TensorClass,
            "torch._tensor._rebuild_from_type" or "torch._tensor._rebuild_from_type_v2"
                or "torch.tensor._rebuild_from_type" => PickleGlobalKind.RebuildFromType,
            "torch._utils._rebuild_qtensor" => PickleGlobalKind.QuantizedTensor,
            "torch._utils._rebuild_sparse_tensor" or "torch._utils._rebuild_sparse_csr_tensor" => PickleGlobalKind.SparseTensor,
            "torch._utils._rebuild_nested_tensor" => PickleGlobalKind.NestedTensor,
            "torch._utils._rebuild_meta_tensor_no_storage" => PickleGlobalKind.MetaTensor,
            "torch._utils._rebuild_wrapper_subclass" => PickleGlobalKind.WrapperTensor,
            "torch.Size" => PickleGlobalKind.Size,
            "_codecs.encode" => PickleGlobalKind.Encode,
            "builtins.bytes" or "__builtin__.bytes" or "builtins.bytearray" or "__builtin__.bytearray" => PickleGlobalKind.Bytes,
            "numpy.dtype" => PickleGlobalKind.NumpyDtype,
            "numpy.core.multiarray._reconstruct" or "numpy._core.multiarray._reconstruct" => PickleGlobalKind.NumpyArray,
            "numpy.core.numeric._frombuffer" or "numpy._core.numeric._frombuffer" => PickleGlobalKind.NumpyFromBuffer,
            "copyreg._reconstructor" or "copy_reg._reconstructor" or "copyreg.__newobj__" or "copy_reg.__newobj__"
                or "copyreg.__newobj_ex__" => PickleGlobalKind.NewObject,
            _ => PickleGlobalKind.Unknown,
        };
        return new PickleGlobal(kind, full) { Offset = offset };
    }
}
