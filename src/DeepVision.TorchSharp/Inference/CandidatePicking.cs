using DeepVision.Detections;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Inference;

/// <summary>
/// Picks candidates with tensor operations where the outputs lie: logits above the selector's bound, of too many only those that
/// can be among the best; then the few that are left cross to managed memory with their deltas.
/// </summary>
internal static class CandidatePicking
{
    /// <summary>Picks one image's candidates on one level.</summary>
    /// <param name="logits">(A * K, H, W).</param>
    /// <param name="deltas">(A * 4, H, W).</param>
    /// <param name="request">What to pick.</param>
    internal static LevelCandidates Pick(Tensor logits, Tensor deltas, CandidateRequest request)
    {
        using var scope = NewDisposeScope();
        long[] shape = logits.shape;
        long places = shape[1] * shape[2];
        Tensor flat = logits.to(ScalarType.Float32).reshape(-1);
        Tensor offsets = Above(flat, request.Selector.LogitBound);
        Tensor values = flat.index_select(0, offsets);
        int most = request.Selector.TopK;
        if (values.shape[0] > most)
        {
            float bar = values.topk(most, 0).values.min().item<float>();
            Tensor kept = Above(values, CandidateSelector.BoundBelow(bar));
            offsets = offsets.index_select(0, kept);
            values = values.index_select(0, kept);
        }

        // (A * 4, H * W) -> (A * H * W, 4); a logit's offset is (a * K + k) * H * W + place.
        Tensor rows = deltas.to(ScalarType.Float32).reshape(-1, 4, places).permute(0, 2, 1).reshape(-1, 4);
        using Scalar plane = places;
        using Scalar planes = places * request.Classes;
        Tensor anchors = offsets.floor_divide(planes).mul(plane).add(offsets.remainder(plane));
        Tensor picked = rows.index_select(0, anchors);

        float[] pickedLogits = new float[values.shape[0]];
        float[] pickedDeltas = new float[4 * pickedLogits.Length];
        HostCopies.Read(values, pickedLogits);
        HostCopies.Read(picked, pickedDeltas);
        return new LevelCandidates
        {
            Map = new SpatialSize((int)shape[1], (int)shape[2]),
            Offsets = HostCopies.ReadIndices(offsets),
            Logits = pickedLogits,
            Deltas = pickedDeltas,
        };
    }

    // A scalar left to its finalizer would keep native memory for as long.
    private static Tensor Above(Tensor values, float bound)
    {
        using Scalar scalar = bound;
        return values.gt(scalar).nonzero().reshape(-1);
    }
}
