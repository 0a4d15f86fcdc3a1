using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of whole numbers drawn evenly from zero to before <paramref name="high"/>; int64 if no type is stated.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>A tensor of whole numbers drawn evenly from <paramref name="low"/> to before <paramref name="high"/>; int64 if no type is stated.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        RejectNames(names);
        return Tensor.Result(
            Native.dv_randint(
                low, high, size, size.Length, (int)(dtype ?? ScalarType.Int64), At(device).Kind, At(device).Index, Tensor.Byte(requires_grad),
                Tensor.HandleOf(generator)),
            generator);
    }

    /// <summary>The numbers from zero to before <paramref name="n"/> in random order; int64 if no type is stated.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Tensor.Result(
            Native.dv_randperm(
                n, (int)(dtype ?? ScalarType.Int64), At(device).Kind, At(device).Index, Tensor.Byte(requires_grad), Tensor.HandleOf(generator)),
            generator);
}
