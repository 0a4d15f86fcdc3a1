using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Backbones;

/// <summary>The convolutions of one of VGG's stages, numbered as layers of one sequence: convolution, norm if any, activation.</summary>
internal static class VggStage
{
    /// <summary>Writes one stage of a spec.</summary>
    /// <param name="scope">Where the sequence stands.</param>
    /// <param name="spec">The network.</param>
    /// <param name="stage">Which of the five stages, from 0.</param>
    /// <param name="layer">The next layer's number; moves on.</param>
    /// <param name="input">What the stage reads.</param>
    internal static GraphValue Build(GraphScope scope, VggSpec spec, int stage, ref int layer, GraphValue input)
    {
        GraphValue value = input;
        for (int i = 0; i < spec.Depths[stage]; i++)
        {
            value = scope.Convolution($"{layer++}", value, new Convolution
            {
                OutChannels = spec.Widths[stage],
                Kernel = 3,
                Padding = 1,
                HasBias = true,
                WeightInitializer = Initializer.KaimingNormalFanOut(spec.Widths[stage] * 9),
                BiasInitializer = Initializer.Zero,
            });
            if (!spec.Normalization.IsNone)
            {
                value = scope.Normalize($"{layer++}", value, spec.Normalization);
            }

            value = scope.Activate($"{layer++}", value, Activation.Relu);
        }

        return value;
    }
}
