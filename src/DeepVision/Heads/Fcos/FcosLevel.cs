using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>FCOS's raw outputs on one feature level, as the network writes them for a batch.</summary>
/// <param name="Logits">Class logits, (N, K, H, W).</param>
/// <param name="Distances">From a place to a box's left, top, right and lower side in strides, (N, 4, H, W); not negative.</param>
/// <param name="Centerness">The logit of how near the place is to the box's center, (N, 1, H, W).</param>
internal sealed record FcosLevel(HostTensor Logits, HostTensor Distances, HostTensor Centerness);
