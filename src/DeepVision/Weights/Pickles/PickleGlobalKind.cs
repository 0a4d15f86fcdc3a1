namespace DeepVision.Weights.Pickles;

/// <summary>What a Python global means when it is called.</summary>
internal enum PickleGlobalKind
{
    /// <summary>Whatever is not listed: makes a <see cref="PickleRecord"/>.</summary>
    Unknown,

    /// <summary>Makes an ordered dictionary.</summary>
    OrderedDict,

    /// <summary>Makes a dictionary of another class.</summary>
    Dictionary,

    /// <summary>Makes a tensor: storage, offset, size, stride.</summary>
    RebuildTensor,

    /// <summary>As <see cref="RebuildTensor"/>, with a dtype of its own over an untyped storage.</summary>
    RebuildTypedTensor,

    /// <summary>Gives back the tensor or array that it is called with.</summary>
    RebuildParameter,

    /// <summary>Gives back the tensor that it is called with, where there is one.</summary>
    TensorClass,

    /// <summary>A subclass of tensor: a function and its arguments.</summary>
    RebuildFromType,

    /// <summary>Makes a quantized tensor, which is not read.</summary>
    QuantizedTensor,

    /// <summary>Makes a sparse tensor, which is not read.</summary>
    SparseTensor,

    /// <summary>Makes a nested tensor, which is not read.</summary>
    NestedTensor,

    /// <summary>Makes a tensor without values.</summary>
    MetaTensor,

    /// <summary>Makes a tensor of a class that keeps its values in its own way.</summary>
    WrapperTensor,

    /// <summary>Makes a size: gives back the tuple that it is called with.</summary>
    Size,

    /// <summary>Makes bytes of a text, as protocol 2 writes bytes.</summary>
    Encode,

    /// <summary>Makes bytes.</summary>
    Bytes,

    /// <summary>Makes the type of a NumPy array's elements.</summary>
    NumpyDtype,

    /// <summary>Makes a NumPy array that its state fills.</summary>
    NumpyArray,

    /// <summary>Makes a NumPy array of bytes, type and shape.</summary>
    NumpyFromBuffer,

    /// <summary>Makes an object of the class that it is called with.</summary>
    NewObject,

    /// <summary>A storage class or a dtype.</summary>
    ElementType,
}
