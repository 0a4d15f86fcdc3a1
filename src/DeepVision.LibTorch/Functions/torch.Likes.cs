namespace TorchSharp;

public static partial class torch
{
    // New tensors after an example, whose type and device they have unless others are stated.
    /// <summary>A tensor of the same shape whose elements are whatever the memory held.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return input.empty_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of zeros of the same shape.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return input.zeros_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of ones of the same shape.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return input.ones_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of the same shape with numbers drawn evenly from 0 to before 1.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    /// <summary>A tensor of the same shape with numbers drawn from the normal distribution of mean 0 and deviation 1.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    /// <summary>A tensor of the same shape filled with a number.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RejectNames(names);
        return input.full_like(value, dtype, device, requires_grad);
    }
}
