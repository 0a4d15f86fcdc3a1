using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>What decoders ask of the shapes of raw outputs.</summary>
internal static class LevelShapes
{
    /// <summary>H and W of an output that has to have some number of channels.</summary>
    public static SpatialSize MapOf(HostTensor tensor, int channels, string what)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        TensorShape shape = tensor.Shape;
        if (shape.Rank != 4 || shape.Channels != channels || shape.ElementCount == 0)
        {
            throw new ArgumentException($"A level's {what} have shape (N, {channels}, H, W); found {shape}.", nameof(tensor));
        }

        return new SpatialSize(shape.Height, shape.Width);
    }

    public static void Require(HostTensor tensor, TensorShape expected, string what)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Shape != expected)
        {
            throw new ArgumentException($"Beside its class logits, a level's {what} have shape {expected}; found {tensor.Shape}.", nameof(tensor));
        }
    }
}
