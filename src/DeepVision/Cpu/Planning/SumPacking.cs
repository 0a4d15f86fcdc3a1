using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>The factors of a weighted sum: max(w, 0) over their sum and epsilon, in float64 and rounded once.</summary>
internal static class SumPacking
{
    private static readonly object Key = "factors of a sum";

    internal static unsafe PackedWeights Pack(GraphNode node, WeightedAdd sum, WeightPackStore store) =>
        store.GetOrAdd(node, Key, values =>
        {
            float[] weights = AffinePacking.Read(values, node, ParameterRole.Weight);
            double total = sum.Epsilon;
            foreach (float weight in weights)
            {
                total += MathF.Max(weight, 0);
            }

            var packed = new PackedWeights(weights.Length, 0);
            for (int i = 0; i < weights.Length; i++)
            {
                packed.Weights[i] = (float)(MathF.Max(weights[i], 0) / total);
            }

            return packed;
        });
}
