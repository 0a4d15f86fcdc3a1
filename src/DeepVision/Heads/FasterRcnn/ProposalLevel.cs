using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>A region proposal network's raw outputs for one image on one feature level, as the network writes them.</summary>
/// <param name="Objectness">One logit an anchor, (A, H, W).</param>
/// <param name="Deltas">Box deltas, (A * 4, H, W): channel <c>a * 4 + (dx, dy, dw, dh)</c>.</param>
/// <param name="Map">H and W.</param>
internal readonly record struct ProposalLevel(ReadOnlyMemory<float> Objectness, ReadOnlyMemory<float> Deltas, SpatialSize Map);
