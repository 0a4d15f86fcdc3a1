using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>A map halved by a neck, which rounds up, beside one that a backbone halved.</summary>
internal static class HalvedMap
{
    /// <summary>
    /// The halved map in the size of the other. Where that is rounded down, the nearest pixel of each of its pixels is the one at the
    /// same place, so that only the last row and column are left out.
    /// </summary>
    /// <param name="scope">Where; nothing is written where sizes are always equal.</param>
    /// <param name="halved">The halved map.</param>
    /// <param name="other">The map of the same level.</param>
    internal static GraphValue Fit(GraphScope scope, GraphValue halved, FeatureMap other) =>
        other.Info.RoundsDown ? scope.Add("fit", new UpsampleLike(), halved, other.Value) : halved;
}
