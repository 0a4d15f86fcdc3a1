namespace DeepVision.Weights.Pickles;

/// <summary>A tensor as the pickle describes it: a view of a storage. Nothing but the types has been checked.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Offset">The first element, counted in elements of <paramref name="Type"/> from the storage's start.</param>
/// <param name="Sizes">The extents, outermost first.</param>
/// <param name="Strides">Elements from one index to the next, one a dimension.</param>
/// <param name="PickleOffset">Where the pickle makes it, for messages.</param>
internal sealed record TorchTensor(
    TorchStorage Storage, TorchElementType Type, long Offset, long[] Sizes, long[] Strides, long PickleOffset);
