using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>The node in which a neck fuses values.</summary>
internal static class FusionNode
{
    /// <summary>Fuses values of one size and as many channels each.</summary>
    /// <param name="scope">Where; sums keep no parameters.</param>
    /// <param name="fusion">How.</param>
    /// <param name="values">At least two.</param>
    internal static GraphValue Write(GraphScope scope, FeatureFusion fusion, params ReadOnlySpan<GraphValue> values)
    {
        switch (fusion)
        {
            case FeatureFusion.Weighted:
                return scope.Add("weights", new WeightedAdd(), values);
            case FeatureFusion.Concatenate:
                int channels = values[0].Channels;
                GraphValue joined = scope.Add("concatenate", new Concatenate(), values);
                return scope.Convolution("reduce", joined, new Convolution
                {
                    OutChannels = channels,
                    Kernel = 1,
                    HasBias = true,
                    WeightInitializer = Initializer.KaimingUniform(joined.Channels),
                    BiasInitializer = Initializer.Zero,
                });
            default:
                GraphValue sum = values[0];
                for (int i = 1; i < values.Length; i++)
                {
                    sum = scope.Add(values.Length == 2 ? "add" : $"add{i}", new Add(), sum, values[i]);
                }

                return sum;
        }
    }
}
