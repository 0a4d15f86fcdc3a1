using System.Globalization;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>TorchSharp's own module for a node's operation.</summary>
internal static class LeafFactory
{
    /// <summary>Makes the module; its parameters hold what TorchSharp starts with.</summary>
    internal static nn.Module Create(GraphNode node, bool isInPlace)
    {
        int channels = node.Inputs[0].Channels;
        return node.Operation switch
        {
            Convolution convolution => CreateConvolution(convolution, channels),
            Linear linear => nn.Linear(linear.InFeatures, linear.OutFeatures, hasBias: linear.HasBias),
            BatchNorm { Frozen: true } norm => new FrozenBatchNorm2d(channels, Exact(norm.Epsilon)),
            BatchNorm norm => nn.BatchNorm2d(channels, Exact(norm.Epsilon), Exact(norm.Momentum)),
            GroupNorm norm => nn.GroupNorm(norm.Groups, channels, Exact(norm.Epsilon)),
            LayerNorm norm => nn.LayerNorm(channels, Exact(norm.Epsilon)),
            SelfAttention attention => new SelfAttentionLayer(channels, attention.Heads),
            Activate { Activation: var activation } => CreateActivation(activation, isInPlace),
            MaxPool { Padding: var padding } pool when IsSymmetric(padding) => nn.MaxPool2d(
                Pair(pool.Kernel), Pair(pool.Stride), Pair(padding), Pair(pool.Dilation), pool.CeilMode),
            AveragePool { Padding: var padding } pool when IsSymmetric(padding) => nn.AvgPool2d(
                Pair(pool.Kernel), Pair(pool.Stride), Pair(padding), pool.CeilMode, pool.CountIncludePad),
            AdaptivePool { Kind: PoolingKind.Average } pool => nn.AdaptiveAvgPool2d(Pair(pool.Size)),
            AdaptivePool { Kind: PoolingKind.Max } pool => nn.AdaptiveMaxPool2d([pool.Size.Height, pool.Size.Width]),
            Dropout dropout => nn.Dropout(Exact(dropout.Probability)),
            StochasticDepth depth => new StochasticDepthLayer(Exact(depth.Probability)),
            OpaqueOperation opaque when opaque.Find<TorchModuleFactory>() is { } factory => factory.Create(node.Path),
            OpaqueOperation opaque => throw Unsupported(
                node, $"it has no implementation for the TorchSharp runtime; give '{opaque.Kind}' a {nameof(TorchModuleFactory)} as its implementation"),
            _ => throw Unsupported(node, "the TorchSharp runtime has no module for it"),
        };
    }

    /// <summary>The decimal number that was written for a float32: 1e-5 and not its nearest float32.</summary>
    internal static double Exact(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static nn.Module CreateConvolution(Convolution convolution, int channels) =>
        IsSymmetric(convolution.Padding)
            ? nn.Conv2d(
                channels,
                convolution.OutChannels,
                Pair(convolution.Kernel),
                Pair(convolution.Stride),
                Pair(convolution.Padding),
                Pair(convolution.Dilation),
                groups: convolution.Groups,
                bias: convolution.HasBias)
            : new PaddedConvolution(convolution, channels);

    private static nn.Module CreateActivation(Activation activation, bool isInPlace) => activation.Kind switch
    {
        ActivationKind.Identity => nn.Identity(),
        ActivationKind.Relu => nn.ReLU(isInPlace),
        ActivationKind.Relu6 => nn.ReLU6(isInPlace),
        ActivationKind.LeakyRelu => nn.LeakyReLU(Exact(activation.Slope), isInPlace),
        ActivationKind.Sigmoid => nn.Sigmoid(),
        ActivationKind.Silu => nn.SiLU(),
        ActivationKind.HardSigmoid => nn.Hardsigmoid(),
        ActivationKind.HardSwish => nn.Hardswish(),
        ActivationKind.Mish => nn.Mish(),
        ActivationKind.Gelu => nn.GELU(),
        ActivationKind.Tanh => nn.Tanh(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation.Kind, "There is no such activation."),
    };

    private static bool IsSymmetric(Padding2D padding) => padding.Top == padding.Bottom && padding.Left == padding.Right;

    private static (long Height, long Width) Pair(Size2D size) => (size.Height, size.Width);

    private static (long Height, long Width) Pair(Padding2D padding) => (padding.Top, padding.Left);

    private static ModelBuildException Unsupported(GraphNode node, string reason) =>
        new($"Node '{node.Name}' ({node.Operation.Describe()}): {reason}.") { Component = node.Name };
}
