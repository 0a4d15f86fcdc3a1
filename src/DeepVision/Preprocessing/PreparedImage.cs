using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>What a model reads, with the way back to the source image.</summary>
public sealed class PreparedImage
{
    internal PreparedImage(HostTensor tensor, PreparedGeometry geometry)
    {
        Tensor = tensor;
        Geometry = geometry;
    }

    /// <summary>The model's input, (1, 3, H, W).</summary>
    public HostTensor Tensor { get; }

    /// <summary>How positions in the tensor map to the source image.</summary>
    public PreparedGeometry Geometry { get; }
}
