using DeepVision.Graphs;

namespace DeepVision.Cpu.Planning;

/// <summary>Learned tokens and positions in the layout of activations: block after block, token after token, channels of the block.</summary>
/// <param name="Block">Channels of a block; those beyond the last channel are zero.</param>
internal sealed record TokenPacking(int Block)
{
    /// <summary>A parameter (1, tokens, channels).</summary>
    internal unsafe PackedWeights Pack(GraphNode node, WeightPackStore store) =>
        store.GetOrAdd(node, this, values =>
        {
            Parameter parameter = node.Find(ParameterRole.Weight)!;
            float[] vectors = AffinePacking.Read(values, node, ParameterRole.Weight);
            int tokens = parameter.Shape[1];
            int channels = parameter.Shape[2];
            int blocks = (channels + Block - 1) / Block;
            var packed = new PackedWeights((long)blocks * tokens * Block, 0);
            for (int t = 0; t < tokens; t++)
            {
                for (int c = 0; c < channels; c++)
                {
                    (int block, int lane) = Math.DivRem(c, Block);
                    packed.Weights[((((long)block * tokens) + t) * Block) + lane] = vectors[((long)t * channels) + c];
                }
            }

            return packed;
        });
}
