using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;

/// <summary>A head of one's own: pooling by our operation, a short vector of length 1, and classes over it.</summary>
internal sealed class RetrievalHead(int classes, int length) : Head
{
    public override string Name => "retrieval head";

    public override WeightLayout Layout => WeightLayout.Classifier;

    // A chain that does not fit fails in Build(), with the names of both parts around these words.
    public override void Connect(IReadOnlyList<FeatureInfo> features) => FeatureRequirements.RequireMaps(features);

    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        GraphValue map = features[^1].Value;
        GraphValue value = scope.Add("pool", GeneralizedMean.Over(map, power: 3), map);
        value = scope.Add("length", new L2Normalize(), scope.Linear("projection", value, length));
        GraphValue logits = scope.Linear("classes", value, classes);
        var task = new ClassificationTask(ClassLabels.Resolve(context.Labels, classes, Name)) { HasEmbedding = true };
        return new HeadOutputs([new(ClassificationTask.LogitsOutput, logits), new(ClassificationTask.EmbeddingOutput, value)], task);
    }
}
