using System.Runtime.Intrinsics;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Layouts;
using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Kernels.Winograd;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels;

/// <summary>
/// Makes the steps of one instruction set. Tensors are blocked by <see cref="Block"/> channels unless a parameter says planar.
/// Which algorithm a layer gets depends on the layer, the typical input and the set only.
/// </summary>
internal abstract class KernelSet
{
    internal abstract CpuInstructionSet InstructionSet { get; }

    /// <summary>Channels of a block; 1 for the reference, whose tensors are all planar.</summary>
    internal abstract int Block { get; }

    internal static KernelSet Create(CpuInstructionSet set) => InstructionSets.Resolve(set) switch
    {
        CpuInstructionSet.Avx512 => new VectorKernelSet<Vector512Ops, Vector512<float>>(CpuInstructionSet.Avx512),
        CpuInstructionSet.Avx2 => new VectorKernelSet<Vector256Ops, Vector256<float>>(CpuInstructionSet.Avx2),
        CpuInstructionSet.Vector128 => new VectorKernelSet<Vector128Ops, Vector128<float>>(CpuInstructionSet.Vector128),
        _ => new ReferenceKernelSet(),
    };

    /// <summary>Whether a convolution reads a planar image as it is, so that no blocked copy of it is needed.</summary>
    internal abstract bool ReadsPlanar(ConvolutionGeometry geometry, int inChannels, bool hasResidual);

    /// <summary>Whether the residual of a direct convolution may be a map of another size, which is enlarged by its nearest pixels.</summary>
    internal virtual bool AddsEnlarged(ConvolutionGeometry geometry, int inChannels, int outChannels) => false;

    /// <summary>The algorithms that there are for a convolution; the direct one is always among them.</summary>
    internal abstract IReadOnlyList<ConvolutionAlgorithm> AlgorithmsFor(
        ConvolutionGeometry geometry, int inChannels, int outChannels, bool planarInput);

    /// <summary>Packs a convolution's weights ahead of the first plan.</summary>
    internal abstract void Prepare(
        ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, int inChannels, int outChannels, bool planarInput, LayerWeights weights);

    /// <summary>A convolution, or on maps of one pixel a linear layer. The input may be planar where <see cref="ReadsPlanar"/>.</summary>
    internal abstract Step Convolution(
        string name,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        in TensorView input,
        in TensorView output,
        TensorView? residual,
        Activation activation,
        int threads);

    /// <summary>A pointwise convolution and the depthwise one that alone reads it as one step, or null where two steps are better.</summary>
    /// <param name="name">The nodes.</param>
    /// <param name="expansion">The pointwise layer's weights.</param>
    /// <param name="expansionActivation">What is applied to its output.</param>
    /// <param name="input">Its input.</param>
    /// <param name="geometry">The depthwise layer.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="output">Its output.</param>
    /// <param name="residual">What is added to that.</param>
    /// <param name="activation">What is applied to that.</param>
    internal virtual Step? ExpandedDepthwise(
        string name,
        LayerWeights expansion,
        Activation expansionActivation,
        in TensorView input,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        in TensorView output,
        TensorView? residual,
        Activation activation) => null;

    /// <summary>A convolution by one of Winograd's algorithms, on one map or several, for a set that offers it in <see cref="AlgorithmsFor"/>.</summary>
    internal virtual WinogradSteps Winograd(
        string name,
        ConvolutionAlgorithm algorithm,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        ReadOnlySpan<ConvolutionMap> maps,
        Activation activation,
        int threads) => throw new NotSupportedException($"'{name}': {InstructionSet} has no {algorithm}.");

    /// <summary>A pool with windows.</summary>
    internal abstract Step Pool(
        string name, PoolMode mode, Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation, in TensorView input, in TensorView output);

    /// <summary>A pool to a fixed size.</summary>
    internal abstract Step AdaptivePool(string name, PoolMode mode, in TensorView input, in TensorView output);

    /// <summary>A sum or product of two maps; the right one may have one pixel, or one channel.</summary>
    internal abstract Step Binary(
        string name, BinaryOperation operation, in TensorView left, in TensorView right, in TensorView output, Activation activation);

    /// <summary>An activation behind a factor and a shift for each channel, where given.</summary>
    internal abstract Step Unary(string name, Activation activation, PackedWeights? affine, in TensorView input, in TensorView output);

    /// <summary>Group norm.</summary>
    internal abstract Step GroupNorm(
        string name, int groups, float epsilon, PackedWeights affine, in TensorView input, in TensorView output);

    /// <summary>Layer norm over the channels of each pixel.</summary>
    internal abstract Step LayerNorm(string name, float epsilon, PackedWeights affine, in TensorView input, in TensorView output);

    /// <summary>Each pixel's channels divided by their length, or by epsilon where that is larger.</summary>
    internal abstract Step DivideByLength(string name, float epsilon, in TensorView input, in TensorView output);

    /// <summary>The mean or the largest of each pixel's channels, as a map of one channel.</summary>
    internal abstract Step ChannelPool(string name, PoolMode mode, in TensorView input, in TensorView output);

    /// <summary>The sum of maps of one shape, each times its own factor.</summary>
    internal abstract Step WeightedSum(string name, TensorView[] inputs, PackedWeights factors, in TensorView output);

    /// <summary>Softmax along the channels.</summary>
    internal abstract Step Softmax(string name, in TensorView input, in TensorView output);

    /// <summary>Nearest-pixel resizing.</summary>
    internal abstract Step Upsample(string name, in TensorView input, in TensorView output);

    /// <summary>Bilinear resizing with pixel centers aligned.</summary>
    internal abstract Step ResizeBilinear(string name, in TensorView input, in TensorView output);

    /// <summary>The pixels of square blocks moved to channels; the input may be planar.</summary>
    internal abstract Step PixelsToChannels(string name, int side, in TensorView input, in TensorView output);

    /// <summary>The pixels of a map behind a class token.</summary>
    internal abstract Step TokensFromMap(string name, PackedWeights classToken, in TensorView input, in TensorView output);

    /// <summary>Tokens plus the learned vectors of their positions.</summary>
    internal abstract Step PositionSum(string name, PackedWeights positions, in TensorView input, in TensorView output);

    /// <summary>The heads of self-attention on queries, keys and values that follow each other along the channels.</summary>
    internal abstract Step Attention(string name, int heads, in TensorView input, in TensorView output);

    /// <summary>Each output channel from a channel of one of some maps, or zeros.</summary>
    internal abstract Step GatherChannels(string name, TensorView[] inputs, ChannelSource[] sources, in TensorView output);

    /// <summary>Channels of several maps one after the other, zeros elsewhere.</summary>
    internal Step CopyChannels(string name, TensorView[] inputs, int[] firstChannels, in TensorView output) =>
        GatherChannels(
            name, inputs, ChannelSource.Stack(output.Channels, [.. inputs.Select(input => input.Channels)], firstChannels), output);

    /// <summary>Planar to blocked.</summary>
    internal abstract Step FromPlanar(string name, in TensorView input, in TensorView output);

    /// <summary>Blocked to planar.</summary>
    internal abstract Step ToPlanar(string name, in TensorView input, in TensorView output);
}
