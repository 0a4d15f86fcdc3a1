using DeepVision.Tensors;

namespace DeepVision.Metrics;

/// <summary>One annotated object of an image.</summary>
/// <param name="Box">Its box in pixels; finite, with sides of 0 or more.</param>
/// <param name="ClassIndex">Its class, 0 or more.</param>
public sealed record GroundTruthBox(Box Box, int ClassIndex)
{
    /// <summary>
    /// The box surrounds a crowd (COCO's <c>iscrowd</c>): it is not counted, any number of detections may match it, and
    /// the overlap with it is measured against the detection's area alone.
    /// </summary>
    public bool IsCrowd { get; init; }

    /// <summary>
    /// The object is too hard to count ("difficult"): finding it is no hit, missing it no miss, and one detection that
    /// matches it is left out.
    /// </summary>
    public bool Ignore { get; init; }

    /// <summary>The object's area in square pixels, which decides its size range (COCO: that of its mask). Null: the box's.</summary>
    public float? Area { get; init; }
}
