using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using UpsampleMode = DeepVision.Graphs.Operations.UpsampleMode;

namespace DeepVision.Torch.Modules;

/// <summary>Operations that PyTorch has no module for, and what a graph pass has fused into a layer. Some give a view of what they read.</summary>
internal static class FunctionalOperations
{
    /// <summary>Runs a node without parameters.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="isInPlace">Whether it may overwrite its first input.</param>
    internal static Tensor Run(GraphNode node, Tensor[] inputs, bool isInPlace) => node.Operation switch
    {
        Add add => Activate(isInPlace ? inputs[0].add_(inputs[1]) : inputs[0].add(inputs[1]), add.Activation),
        Multiply => inputs[0].mul(inputs[1]),
        Scale scale => Scaled(inputs[0], scale.Factor),
        Concatenate => cat(inputs, 1),
        Flatten => inputs[0].flatten(1),
        Softmax => F.softmax(inputs[0], 1),
        UpsampleLike { Mode: UpsampleMode.Nearest } => F.interpolate(inputs[0], size: SizeOf(inputs[1]), mode: InterpolationMode.Nearest),
        UpsampleLike => F.interpolate(inputs[0], size: SizeOf(inputs[1]), mode: InterpolationMode.Bilinear, align_corners: false),
        SliceChannels slice => inputs[0].narrow(1, slice.First, slice.Count),
        ChannelShuffle shuffle => Rearrangements.Shuffle(inputs[0], shuffle.Groups),
        SpaceToDepth space => Rearrangements.SpaceToDepth(inputs[0], space.BlockSize),
        ChannelPool { Kind: PoolingKind.Average } => inputs[0].mean([1], keepdim: true),
        ChannelPool => inputs[0].amax([1], keepdim: true),
        L2Normalize normalize => F.normalize(inputs[0], p: 2, dim: 1, eps: LeafFactory.Exact(normalize.Epsilon)),
        AttentionHeads attention => FeaturesLast.Heads(inputs[0], attention.Heads),
        TakeToken take => Rearrangements.TakeToken(inputs[0], take.Index),
        TokensToMap => Rearrangements.TokensToMap(inputs[0], inputs[1]),
        PadChannels pad => F.pad(inputs[0], [0L, 0, 0, 0, pad.Before, pad.After]),
        _ => throw new ModelBuildException(
            $"Node '{node.Name}' ({node.Operation.Describe()}): the TorchSharp runtime has no function for it.") { Component = node.Name },
    };

    /// <summary>Whether something is fused into a layer, so that its result goes through <see cref="Finish"/>.</summary>
    /// <param name="node">The layer; null for a block.</param>
    internal static bool HasFinish(GraphNode? node) => node?.Operation
        is Convolution { AddsResidual: true } or Convolution { Activation.Kind: not ActivationKind.Identity }
        or Linear { Activation.Kind: not ActivationKind.Identity } or BatchNorm { Activation.Kind: not ActivationKind.Identity };

    /// <summary>What is fused into a convolution, a linear layer or a norm: the sum with another value, then an activation.</summary>
    /// <param name="node">The layer.</param>
    /// <param name="result">What the layer itself gave; overwritten where possible, and let go.</param>
    /// <param name="inputs">What the node reads.</param>
    internal static Tensor Finish(GraphNode node, Tensor result, Tensor[] inputs)
    {
        switch (node.Operation)
        {
            case Convolution { AddsResidual: true } convolution:
                result.add_(inputs[1]);
                return Activate(result, convolution.Activation);
            case Convolution convolution:
                return Activate(result, convolution.Activation);
            case BatchNorm norm:
                return Activate(result, norm.Activation);
            default:
                return Activate(result, ((Linear)node.Operation).Activation);
        }
    }

    private static long[] SizeOf(Tensor map) => [map.shape[2], map.shape[3]];

    private static Tensor Scaled(Tensor input, float factor)
    {
        using Scalar scalar = LeafFactory.Exact(factor);
        return input.mul(scalar);
    }

    // Takes its input over.
    private static Tensor Activate(Tensor input, Activation activation)
    {
        if (activation.Kind == ActivationKind.Identity)
        {
            return input;
        }

        using (input)
        {
            return activation.Kind switch
            {
                ActivationKind.Relu => F.relu(input, inplace: true),
                ActivationKind.Relu6 => F.relu6(input),
                ActivationKind.LeakyRelu => F.leaky_relu(input, LeafFactory.Exact(activation.Slope)),
                ActivationKind.Sigmoid => input.sigmoid(),
                ActivationKind.Silu => F.silu(input),
                ActivationKind.HardSigmoid => F.hardsigmoid(input),
                ActivationKind.HardSwish => F.hardswish(input),
                ActivationKind.Mish => F.mish(input),
                ActivationKind.Gelu => F.gelu(input),
                ActivationKind.Tanh => input.tanh(),
                _ => throw new ArgumentOutOfRangeException(nameof(activation), activation.Kind, "There is no such activation."),
            };
        }
    }
}
