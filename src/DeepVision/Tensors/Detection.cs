using System.Globalization;

namespace DeepVision.Tensors;

/// <summary>One object that a detector found.</summary>
/// <param name="Box">Where: pixels of the source image.</param>
/// <param name="ClassIndex">What: the index among the model's classes.</param>
/// <param name="Label">The class's name.</param>
/// <param name="Score">How sure the model is, 0 to 1.</param>
public sealed record Detection(Box Box, int ClassIndex, string Label, float Score)
{
    /// <summary>
    /// The object's points in pixels of the source image; they may lie outside of it. Null from a detector that finds none. A face
    /// detector gives five: the eyes, the nose, the corners of the mouth, each time the one on the image's left side first.
    /// </summary>
    public IReadOnlyList<Landmark>? Landmarks { get; init; }

    /// <summary>One line with whole pixels, as <c>person 0.93 at (12, 34)-(56, 78)</c>, in every culture.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Label} {Score:0.00} at ({Box.X1:0}, {Box.Y1:0})-({Box.X2:0}, {Box.Y2:0})");
}
