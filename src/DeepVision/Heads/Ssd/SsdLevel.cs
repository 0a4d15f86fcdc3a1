using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>SSD's raw outputs on one map, as the network writes them for a batch.</summary>
/// <param name="Logits">Class logits, (N, A * K, H, W): channel <c>a * K + k</c>, where class 0 is background.</param>
/// <param name="Deltas">Box deltas, (N, A * 4, H, W): channel <c>a * 4 + (dx, dy, dw, dh)</c>.</param>
internal sealed record SsdLevel(HostTensor Logits, HostTensor Deltas);
