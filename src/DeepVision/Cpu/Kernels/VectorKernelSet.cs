using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Depthwise;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Grouped;
using DeepVision.Cpu.Kernels.Layouts;
using DeepVision.Cpu.Kernels.Normalization;
using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Cpu.Kernels.Tokens;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Kernels.Winograd;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels;

/// <summary>The steps of a vector instruction set.</summary>
internal sealed class VectorKernelSet<TOps, TVector>(CpuInstructionSet instructionSet) : KernelSet
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    internal override CpuInstructionSet InstructionSet => instructionSet;

    internal override int Block => TOps.Width;

    internal override bool ReadsPlanar(ConvolutionGeometry geometry, int inChannels, bool hasResidual) =>
        inChannels < 8 && geometry.Groups == 1 && !hasResidual;

    internal override bool AddsEnlarged(ConvolutionGeometry geometry, int inChannels, int outChannels) =>
        IsProduct(geometry, inChannels, outChannels);

    internal override IReadOnlyList<ConvolutionAlgorithm> AlgorithmsFor(
        ConvolutionGeometry geometry, int inChannels, int outChannels, bool planarInput) =>
        !planarInput && geometry.Groups == 1 && geometry.Kernel == new Size2D(3, 3)
            && geometry.Stride == Size2D.One && geometry.Dilation == Size2D.One
            ? [ConvolutionAlgorithm.Direct, ConvolutionAlgorithm.Winograd2, ConvolutionAlgorithm.Winograd4]
            : [ConvolutionAlgorithm.Direct];

    internal override void Prepare(
        ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, int inChannels, int outChannels, bool planarInput, LayerWeights weights)
    {
        if (algorithm != ConvolutionAlgorithm.Direct)
        {
            weights.Get(WinogradPacking(algorithm, inChannels, outChannels));
        }
        else if (IsProduct(geometry, inChannels, outChannels))
        {
            weights.Get(Packing(geometry, inChannels, outChannels, planarInput));
        }
        else
        {
            weights.Get(LanePacking(geometry, inChannels, outChannels));
        }
    }

    internal override Step Convolution(
        string name,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        in TensorView input,
        in TensorView output,
        TensorView? residual,
        Activation activation,
        int threads)
    {
        if (!IsProduct(geometry, input.Channels, output.Channels))
        {
            LanePacking lanes = LanePacking(geometry, input.Channels, output.Channels);
            if (DepthwiseConvolution<TOps, TVector>.Fits(geometry, lanes))
            {
                return new DepthwiseConvolution<TOps, TVector>(
                    name, geometry, lanes, weights.Get(lanes), input, output, residual, activation);
            }

            return new GroupedConvolution<TOps, TVector>(name, geometry, lanes, weights.Get(lanes), input, output, residual, activation);
        }

        bool isPlanar = input.Block == 1;
        GemmPacking packing = Packing(geometry, input.Channels, output.Channels, isPlanar);
        PackedWeights packed = weights.Get(packing);
        return isPlanar
            ? new PlanarConvolution<TOps, TVector>(name, geometry, packing, packed, input, output, activation, threads)
            : new TiledConvolution<TOps, TVector>(name, geometry, packing, packed, input, output, residual, activation, threads);
    }

    internal override Step? ExpandedDepthwise(
        string name,
        LayerWeights expansion,
        Activation expansionActivation,
        in TensorView input,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        in TensorView output,
        TensorView? residual,
        Activation activation)
    {
        GemmPacking packing = Packing(LayerPreparation.Pointwise, input.Channels, output.Channels, isPlanar: false);
        LanePacking lanes = LanePacking(geometry, output.Channels, output.Channels);
        if (!ExpandedDepthwise<TOps, TVector>.Fits(packing, expansionActivation, input) || !DepthwiseConvolution<TOps, TVector>.Fits(geometry, lanes))
        {
            return null;
        }

        TensorView wide = TensorView.Create(input.Slot, input.Batch, output.Channels, input.Height, input.Width, TOps.Width);
        var depthwise = new DepthwiseConvolution<TOps, TVector>(name, geometry, lanes, weights.Get(lanes), wide, output, residual, activation);
        return new ExpandedDepthwise<TOps, TVector>(
            name, packing, expansion.Get(packing), expansionActivation, input, geometry, depthwise, output);
    }

    internal override WinogradSteps Winograd(
        string name,
        ConvolutionAlgorithm algorithm,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        ReadOnlySpan<ConvolutionMap> maps,
        Activation activation,
        int threads) => algorithm == ConvolutionAlgorithm.Winograd4
            ? Winograd<Winograd4<TOps, TVector>>(name, algorithm, geometry, weights, maps, activation, threads)
            : Winograd<Winograd2<TOps, TVector>>(name, algorithm, geometry, weights, maps, activation, threads);

    internal override Step Pool(
        string name, PoolMode mode, Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation, in TensorView input, in TensorView output)
    {
        (PoolAxis y, PoolAxis x) = PoolAxis.Windows(
            kernel, stride, padding, dilation, new Size2D(input.Height, input.Width), new Size2D(output.Height, output.Width));
        return new Pool<TOps, TVector>(name, mode, y, x, input, output);
    }

    internal override Step AdaptivePool(string name, PoolMode mode, in TensorView input, in TensorView output) =>
        new Pool<TOps, TVector>(
            name, mode, PoolAxis.Adaptive(input.Height, output.Height), PoolAxis.Adaptive(input.Width, output.Width), input, output);

    internal override Step Binary(
        string name, BinaryOperation operation, in TensorView left, in TensorView right, in TensorView output, Activation activation) =>
        new Binary<TOps, TVector>(name, operation, left, right, output, activation);

    internal override Step Unary(string name, Activation activation, PackedWeights? affine, in TensorView input, in TensorView output) =>
        new Unary<TOps, TVector>(name, activation, affine, input, output);

    internal override Step GroupNorm(
        string name, int groups, float epsilon, PackedWeights affine, in TensorView input, in TensorView output) =>
        new GroupNormalization<TOps, TVector>(name, groups, epsilon, affine, input, output);

    internal override Step LayerNorm(string name, float epsilon, PackedWeights affine, in TensorView input, in TensorView output) =>
        new LayerNormalization<TOps, TVector>(name, epsilon, affine, input, output);

    internal override Step DivideByLength(string name, float epsilon, in TensorView input, in TensorView output) =>
        new LengthNormalization<TOps, TVector>(name, epsilon, input, output);

    internal override Step ChannelPool(string name, PoolMode mode, in TensorView input, in TensorView output) =>
        new ChannelPooling<TOps, TVector>(name, mode, input, output);

    internal override Step WeightedSum(string name, TensorView[] inputs, PackedWeights factors, in TensorView output) =>
        new WeightedSum<TOps, TVector>(name, inputs, factors, output);

    internal override Step Softmax(string name, in TensorView input, in TensorView output) => new ChannelSoftmax(name, input, output);

    internal override Step Upsample(string name, in TensorView input, in TensorView output) => new UpsampleNearest(name, input, output);

    internal override Step ResizeBilinear(string name, in TensorView input, in TensorView output) =>
        new ResizeBilinear<TOps, TVector>(name, input, output);

    internal override Step PixelsToChannels(string name, int side, in TensorView input, in TensorView output) =>
        new PixelsToChannels(name, side, input, output);

    internal override Step TokensFromMap(string name, PackedWeights classToken, in TensorView input, in TensorView output) =>
        new TokensFromMap(name, classToken, input, output);

    internal override Step PositionSum(string name, PackedWeights positions, in TensorView input, in TensorView output) =>
        new PositionSum<TOps, TVector>(name, positions, input, output);

    internal override Step Attention(string name, int heads, in TensorView input, in TensorView output) =>
        new Attention<TOps, TVector>(name, heads, input, output);

    internal override Step GatherChannels(string name, TensorView[] inputs, ChannelSource[] sources, in TensorView output) =>
        new GatherChannels(name, inputs, sources, output);

    internal override Step FromPlanar(string name, in TensorView input, in TensorView output) => new BlockFromPlanar(name, input, output);

    internal override Step ToPlanar(string name, in TensorView input, in TensorView output) => new PlanarFromBlock(name, input, output);

    /// <summary>Whether a convolution is a matrix product: of one group, or of groups so wide that tiles are faster than strips.</summary>
    private static bool IsProduct(ConvolutionGeometry geometry, int inChannels, int outChannels) =>
        geometry.Groups == 1 || !ConvolutionCost.FavorsStrips(LanePacking(geometry, inChannels, outChannels));

    private static GemmPacking Packing(ConvolutionGeometry geometry, int inChannels, int outChannels, bool isPlanar) =>
        new(geometry.Groups, inChannels / geometry.Groups, outChannels / geometry.Groups, geometry.Taps, TOps.Width, isPlanar);

    private static LanePacking LanePacking(ConvolutionGeometry geometry, int inChannels, int outChannels) =>
        new(geometry.Groups, inChannels / geometry.Groups, outChannels / geometry.Groups, geometry.Taps, TOps.Width);

    private static WinogradSteps Winograd<TTransform>(
        string name,
        ConvolutionAlgorithm algorithm,
        ConvolutionGeometry geometry,
        LayerWeights weights,
        ReadOnlySpan<ConvolutionMap> maps,
        Activation activation,
        int threads)
        where TTransform : struct, IWinogradTransform
    {
        WinogradPacking packing = WinogradPacking(algorithm, maps[0].Input.Channels, maps[0].Output.Channels);
        var layer = new WinogradLayer<TOps, TVector, TTransform>(
            geometry, packing, weights.Get(packing), maps, activation, threads);
        return new WinogradSteps(
            layer.Blocking.SharesPoints ? layer.Blocking.GroupsPerRound * layer.GroupPointFloats : 0,
            layer.Blocking.Rounds,
            (points, round) => new WinogradPoints<TOps, TVector, TTransform>(name, layer, points, round),
            (points, round) => new WinogradConvolution<TOps, TVector, TTransform>(name, layer, points, round));
    }

    private static WinogradPacking WinogradPacking(ConvolutionAlgorithm algorithm, int inChannels, int outChannels) =>
        new(algorithm == ConvolutionAlgorithm.Winograd4 ? 4 : 2, inChannels, outChannels, TOps.Width);
}
