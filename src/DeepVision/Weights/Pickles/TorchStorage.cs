using DeepVision.Tensors;

namespace DeepVision.Weights.Pickles;

/// <summary>A storage as the pickle names it: elements of one type, kept elsewhere in the file under a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Count">The number of elements that the whole storage has.</param>
/// <param name="PickleOffset">Where the pickle names it, for messages.</param>
internal sealed record TorchStorage(string Key, TorchElementType Type, long Count, long PickleOffset)
{
    public long ByteCount => Count * Type.SizeInBytes;
}
