using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>One anchor of RetinaFace and where its numbers stand in the raw outputs.</summary>
/// <param name="Level">The level's position.</param>
/// <param name="Place">y * W + x.</param>
/// <param name="Number">Which of the place's anchors.</param>
/// <param name="Places">H * W.</param>
/// <param name="ClassIndex">The candidate's class.</param>
/// <param name="Box">The anchor in pixels.</param>
internal readonly record struct RetinaFaceAnchor(int Level, int Place, int Number, int Places, int ClassIndex, Box Box)
{
    /// <summary>The position of one of the anchor's values in (A * values, H * W).</summary>
    public int At(int values, int value) => (((Number * values) + value) * Places) + Place;
}
