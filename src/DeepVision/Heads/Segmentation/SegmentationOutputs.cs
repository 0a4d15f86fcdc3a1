using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>What segmentation heads have in common: which maps they read, the second classifier, and logits as large as the image.</summary>
internal static class SegmentationOutputs
{
    /// <summary>The map with a name; without one the last, which is the coarsest.</summary>
    internal static int IndexOf(IReadOnlyList<FeatureInfo> features, string? name)
    {
        FeatureRequirements.RequireMaps(features);
        for (int i = features.Count - 1; i >= 0; i--)
        {
            if (name is null || features[i].Name == name)
            {
                return i;
            }
        }

        FeatureRequirements.Fail($"a map {name}", features);
        return -1;
    }

    /// <summary>Requires the maps that a head with a second classifier reads.</summary>
    /// <param name="features">What was found.</param>
    /// <param name="feature">The classifier's map; null for the coarsest.</param>
    /// <param name="auxiliary">The second classifier's; null where there is none.</param>
    internal static void Require(IReadOnlyList<FeatureInfo> features, string? feature, string? auxiliary)
    {
        IndexOf(features, feature);
        if (auxiliary is not null)
        {
            IndexOf(features, auxiliary);
        }
    }

    internal static GraphValue Find(IReadOnlyList<FeatureMap> features, string? name) =>
        features[IndexOf([.. features.Select(feature => feature.Info)], name)].Value;

    /// <summary>The outputs of logits on some grids, resized to the image, and their task.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="logits">The head's logits.</param>
    /// <param name="auxiliary">Those of the second classifier, or null.</param>
    /// <param name="context">The image and the labels.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="head">The head's name.</param>
    internal static HeadOutputs Give(
        GraphScope scope, GraphValue logits, GraphValue? auxiliary, HeadContext context, int classes, string head)
    {
        var outputs = new List<GraphOutput> { new(SegmentationTask.LogitsOutput, Resize(scope, "out", logits, context)) };
        if (auxiliary is not null)
        {
            outputs.Add(new(SegmentationTask.AuxiliaryOutput, Resize(scope, "aux", auxiliary, context)));
        }

        return new HeadOutputs(outputs, new SegmentationTask(ClassLabels.Resolve(context.Labels, classes, head)));
    }

    private static GraphValue Resize(GraphScope scope, string name, GraphValue logits, HeadContext context) =>
        scope.Add(name, new UpsampleLike { Mode = UpsampleMode.Bilinear }, logits, context.Image);
}
