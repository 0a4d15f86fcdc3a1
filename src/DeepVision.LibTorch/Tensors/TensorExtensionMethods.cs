namespace TorchSharp;

/// <summary>The one element of a tensor as a .NET number, whatever the tensor's type.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The one element in single precision.</summary>
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The one element in double precision.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The one element as an integer, rounded towards zero.</summary>
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The one element as an integer, rounded towards zero.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>Whether the one element is not zero.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();
}
