using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A small backbone with a batch norm to fold, a block with a factor for each channel, attention, and a weighted sum.</summary>
internal sealed class TokenBackbone : Backbone
{
    public override string Name => "tokens";

    public override IReadOnlyList<FeatureInfo> Features => [FeatureInfo.BackboneMap(4, 8)];

    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        GraphScope stem = scope.Enter("stem");
        GraphValue map = stem.Convolution("0", image, new Convolution { OutChannels = 8, Kernel = 16, Stride = 16, HasBias = false });
        map = stem.Activate("2", stem.Add("1", new BatchNorm(), map), Activation.Relu);

        GraphScope block = scope.Enter("block");
        GraphValue branch = block.Add("norm", new LayerNorm { Epsilon = 1e-6f }, map);
        branch = block.Activate("act", block.Add("fc1", new Linear { InFeatures = 8, OutFeatures = 16 }, branch), Activation.Gelu);
        branch = block.Add("fc2", new Linear { InFeatures = 16, OutFeatures = 8 }, branch);
        branch = block.Add("layer_scale", new ChannelScale { InitialFactor = 0.5f, TrailingDimensions = 2 }, branch);
        branch = block.Add("stochastic_depth", new StochasticDepth { Probability = 0.2f }, branch);
        map = block.Add("add", new Add(), map, branch);

        GraphScope encoder = scope.Enter("encoder");
        GraphValue tokens = encoder.Add("pos_embedding", new AddPositions { Tokens = 17 }, scope.Add("class_token", new MapToTokens(), map));
        tokens = encoder.Add("self_attention", new SelfAttention { Heads = 2 }, tokens);
        GraphValue mixed = scope.Add("to_map", new TokensToMap(), tokens, map);
        return [scope.Add("fusion.weights", new WeightedAdd(), map, mixed)];
    }
}
