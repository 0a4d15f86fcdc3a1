using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>RetinaNet's raw outputs for one image on one feature level, as the network writes them.</summary>
/// <param name="Logits">Class logits, (A * K, H, W).</param>
/// <param name="Deltas">Box deltas, (A * 4, H, W): channel <c>a * 4 + (dx, dy, dw, dh)</c>.</param>
/// <param name="Map">H and W.</param>
internal readonly record struct RetinaNetLevel(ReadOnlyMemory<float> Logits, ReadOnlyMemory<float> Deltas, SpatialSize Map);
