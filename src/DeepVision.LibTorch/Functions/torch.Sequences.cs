using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The numbers from <paramref name="start"/> to before <paramref name="stop"/>, <paramref name="step"/> apart; integers if all three are.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ScalarType type = dtype ?? (is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type) ? ScalarType.Int64 : s_defaultType);
        return Tensor.Result(
            Native.dv_arange(start.Value, stop.Value, step.Value, (int)type, At(device).Kind, At(device).Index, Tensor.Byte(requires_grad)));
    }

    /// <summary>The numbers from <paramref name="start"/> to before <paramref name="stop"/>, one apart; integers if both are.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from zero to before <paramref name="stop"/>, one apart; integers if it is one.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Numbers evenly spread from <paramref name="start"/> to <paramref name="end"/>, both of them in.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Result(Native.dv_linspace(
            start, end, steps, (int)(dtype ?? s_defaultType), At(device).Kind, At(device).Index, Tensor.Byte(requires_grad)));

    /// <summary>A matrix of zeros with ones on its diagonal; square if <paramref name="columns"/> is -1.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return Tensor.Result(Native.dv_eye(
            rows, columns == -1 ? rows : columns, (int)(dtype ?? s_defaultType), At(device).Kind, At(device).Index, Tensor.Byte(requires_grad)));
    }

    /// <summary>A tensor with stated strides, whose elements are whatever the memory held.</summary>
    public static Tensor empty_strided(
        long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return Tensor.Result(Native.dv_empty_strided(
            size, size.Length, strides, strides.Length, (int)(dtype ?? s_defaultType), At(device).Kind, At(device).Index, Tensor.Byte(requires_grad)));
    }
}
