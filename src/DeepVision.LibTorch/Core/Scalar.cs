using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number as an argument of an operation: an integer, a real number or a boolean. Numbers convert to it on their own.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(ScalarValue value) => Value = value;

    internal ScalarValue Value { get; }

    /// <summary>The type libtorch gives such a number: <c>Int64</c>, <c>Float64</c> or <c>Bool</c>.</summary>
    public torch.ScalarType Type => Value.Kind switch
    {
        ScalarKind.Integer => torch.ScalarType.Int64,
        ScalarKind.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => new(ScalarValue.Of((long)value));

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(sbyte value) => new(ScalarValue.Of((long)value));

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(short value) => new(ScalarValue.Of((long)value));

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new(ScalarValue.Of((long)value));

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(ScalarValue.Of(value));

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(Half value) => new(ScalarValue.Of((double)value));

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(float value) => new(ScalarValue.Of((double)value));

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(ScalarValue.Of(value));

    /// <summary>A boolean.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarValue.Of(value));

    /// <summary>Nothing native is held, so there is nothing to do.</summary>
    public void Dispose()
    {
    }
}
