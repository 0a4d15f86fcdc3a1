namespace DeepVision.Weights.Pickles;

/// <summary>What a Python global of the allow-list does when it is called.</summary>
internal enum PickleGlobalKind
{
    /// <summary>Makes an ordered dictionary.</summary>
    OrderedDict,

    /// <summary>Makes a tensor: storage, offset, size, stride.</summary>
    RebuildTensor,

    /// <summary>As <see cref="RebuildTensor"/>, with a dtype of its own over an untyped storage.</summary>
    RebuildTypedTensor,

    /// <summary>Gives back the tensor that it is called with.</summary>
    RebuildParameter,

    /// <summary>Makes a size: gives back the tuple that it is called with.</summary>
    Size,

    /// <summary>A storage class or a dtype: never called.</summary>
    ElementType,

    /// <summary>Makes something that is carried along and not looked into.</summary>
    Inert,
}
