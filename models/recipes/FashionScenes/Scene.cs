using DeepVision.Preprocessing;

namespace DeepVision.FashionScenes;

/// <summary>A rendered scene and the truth about it.</summary>
/// <param name="Image">256 x 256 pixels.</param>
/// <param name="Objects">The articles of which at least one pixel is visible, from the back to the front.</param>
public sealed record Scene(RgbImage Image, IReadOnlyList<SceneObject> Objects);
