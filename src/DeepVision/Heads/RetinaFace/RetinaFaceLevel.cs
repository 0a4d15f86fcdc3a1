using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>RetinaFace's raw outputs on one feature level, as the network writes them for a batch.</summary>
/// <param name="Logits">Class logits with the background first, (N, A * (K + 1), H, W).</param>
/// <param name="Deltas">Box deltas, (N, A * 4, H, W).</param>
/// <param name="Landmarks">Landmark deltas, x and y in turn, (N, A * 10, H, W).</param>
internal sealed record RetinaFaceLevel(HostTensor Logits, HostTensor Deltas, HostTensor Landmarks);
