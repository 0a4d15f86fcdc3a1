namespace TorchSharp.Interop;

/// <summary>What a <see cref="ScalarValue"/> holds.</summary>
internal enum ScalarKind : long
{
    None = 0,
    Integer = 1,
    Real = 2,
    Boolean = 3,
}
