namespace TorchSharp;

public static partial class torch
{
    private static ScalarType TypeOf(Scalar value) => is_integral(value.Type) ? ScalarType.Int64 : s_defaultType;

    private static (int Kind, int Index) At(Device? device)
    {
        Device stated = device ?? s_defaultDevice;
        return (Usable(stated.type), stated.index);
    }

    private static void RejectNames(string[]? names)
    {
        if (names is { Length: > 0 })
        {
            throw new NotSupportedException("Named dimensions are not part of this binding over libtorch; leave 'names' out.");
        }
    }
}
