using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Cpu;

/// <summary>Small graphs of what the families beyond residual networks are made of.</summary>
internal static class SampleFields
{
    /// <summary>The only image side that <see cref="Tokens"/> takes.</summary>
    internal const int TokenImageSide = 40;

    internal static ModelGraph Create(string name) => name == nameof(Tokens) ? Tokens() : Maps();

    /// <summary>A patch embedding, two attention blocks whose heads do not fill vectors, and both ways out of tokens.</summary>
    internal static ModelGraph Tokens()
    {
        const int Width = 30;
        var builder = new GraphBuilder("tokens");
        GraphScope root = builder.Root;
        GraphValue map = root.Add(
            "patches", new Convolution { OutChannels = Width, Kernel = 5, Stride = 5, HasBias = true }, builder.Input("image", 3));
        GraphValue x = root.Add("class_token", new MapToTokens(), map);
        x = root.Add("positions", new AddPositions { Tokens = 65 }, x);
        for (int i = 0; i < 2; i++)
        {
            GraphScope block = root.Enter($"block{i}");
            GraphValue y = block.Add("norm1", new LayerNorm { Epsilon = 1e-6f }, x);
            y = block.Add("attention", new SelfAttention { Heads = 3 }, y);
            y = block.Add("scale", new ChannelScale { InitialFactor = 0.1f }, y);
            y = block.Add("drop", new StochasticDepth { Probability = 0.2f }, y);
            x = block.Add("sum1", new Add(), x, y);
            y = block.Add("norm2", new LayerNorm(), x);
            y = block.Add("fc1", new Linear { InFeatures = Width, OutFeatures = 70, Activation = Activation.Gelu }, y);
            y = block.Add("fc2", new Linear { InFeatures = 70, OutFeatures = Width }, y);
            x = block.Add("sum2", new Add(), x, y);
        }

        builder.Output("map", root.Add("map", new TokensToMap(), x, map));
        GraphValue token = root.Add("norm", new LayerNorm(), root.Add("take", new TakeToken(), x));
        builder.Output("logits", root.Add("fc", new Linear { InFeatures = Width, OutFeatures = 21 }, token));
        return builder.Build();
    }

    /// <summary>Focus, shuffle units, growing concatenations, channel and spatial attention, a weighted pyramid step.</summary>
    internal static ModelGraph Maps()
    {
        var builder = new GraphBuilder("maps");
        GraphScope root = builder.Root;
        GraphValue image = builder.Input("image", 3);
        GraphValue x = root.Add("focus", new SpaceToDepth(), image);
        x = root.Add("stem", new Convolution { OutChannels = 58, Kernel = 3, Padding = 1, Activation = Activation.Relu }, x);
        for (int i = 0; i < 2; i++)
        {
            GraphScope unit = root.Enter($"unit{i}");
            GraphValue kept = unit.Add("kept", new SliceChannels { First = 0, Count = 29 }, x);
            GraphValue changed = unit.Add("changed", new SliceChannels { First = 29, Count = 29 }, x);
            changed = unit.Add("conv", new Convolution { OutChannels = 29, Kernel = 3, Padding = 1, Groups = 29 }, changed);
            changed = unit.Add("bn", new BatchNorm(), changed);
            x = unit.Add("shuffle", new ChannelShuffle { Groups = 2 }, unit.Add("both", new Concatenate(), kept, changed));
        }

        var features = new List<GraphValue> { root.Add("transition", new Convolution { OutChannels = 32, Kernel = 1, Stride = 2 }, x) };
        for (int i = 0; i < 3; i++)
        {
            GraphScope layer = root.Enter($"layer{i}");
            GraphValue all = i == 0 ? features[0] : layer.Add("all", new Concatenate(), [.. features]);
            all = layer.Activate("relu", layer.Add("norm", new BatchNorm(), all), Activation.Relu);
            features.Add(layer.Add("conv", new Convolution { OutChannels = 16, Kernel = 3, Padding = 1 }, all));
        }

        GraphValue dense = root.Add("dense", new Concatenate(), [.. features]);
        GraphValue mean = root.Add("mean", new ChannelPool { Kind = PoolingKind.Average }, dense);
        GraphValue largest = root.Add("largest", new ChannelPool { Kind = PoolingKind.Max }, dense);
        GraphValue gate = root.Add("gate", new Concatenate(), mean, largest);
        gate = root.Add("gate_conv", new Convolution { OutChannels = 1, Kernel = 7, Padding = 3, Activation = Activation.Sigmoid }, gate);
        dense = root.Add("gated", new Multiply(), dense, gate);
        GraphValue small = root.Add("small", new MaxPool { Kernel = 2, Stride = 2 }, dense);
        GraphValue up = root.Add("up", new UpsampleLike { Mode = UpsampleMode.Bilinear }, small, dense);
        GraphValue lateral = root.Add("lateral", new L2Normalize(), dense);
        lateral = root.Add("lateral_scale", new ChannelScale { InitialFactor = 20 }, lateral);
        GraphValue fused = root.Add("fused", new WeightedAdd(), up, dense, lateral);
        GraphValue scores = root.Add("scores", new Convolution { OutChannels = 5, Kernel = 1, HasBias = true }, fused);
        builder.Output("segments", root.Add("resized", new UpsampleLike { Mode = UpsampleMode.Bilinear }, scores, image));
        builder.Output("fused", fused);
        builder.Output("shuffled", x);
        return builder.Build();
    }
}
