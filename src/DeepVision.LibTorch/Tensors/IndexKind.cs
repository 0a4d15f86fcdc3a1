namespace TorchSharp;

/// <summary>What an index is, with the numbers of Native/indexing.cpp.</summary>
internal enum IndexKind : long
{
    NewAxis = 0,
    Ellipsis = 1,
    Integer = 2,
    Boolean = 3,
    Range = 4,
    Tensor = 5,
}
