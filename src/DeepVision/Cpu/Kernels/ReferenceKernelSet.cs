using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Layouts;
using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Cpu.Kernels.Reference;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels;

/// <summary>The reference: plain loops on planar tensors, in the order of the definitions, summed in double precision.</summary>
internal sealed unsafe class ReferenceKernelSet : KernelSet
{
    internal override CpuInstructionSet InstructionSet => CpuInstructionSet.Scalar;

    internal override int Block => 1;

    internal override bool ReadsPlanar(ConvolutionGeometry geometry, int inChannels, bool hasResidual) => true;

    internal override IReadOnlyList<ConvolutionAlgorithm> AlgorithmsFor(
        ConvolutionGeometry geometry, int inChannels, int outChannels, bool planarInput) => [ConvolutionAlgorithm.Direct];

    internal override void Prepare(
        ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, int inChannels, int outChannels, bool planarInput, LayerWeights weights) =>
        weights.Get(Packing(geometry, inChannels, outChannels));

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
        (TensorView x, TensorView y) = (input, output);
        PackedWeights packed = weights.Get(Packing(geometry, x.Channels, y.Channels));
        return new ReferenceStep(name, $"convolution {geometry} {x} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            ReferenceConvolution.Run(
                geometry,
                packed.Weights,
                packed.Bias,
                x.Resolve(slots) + (image * x.ImageStride),
                x,
                residual is { } view ? Plane(slots, view, image, channel) : null,
                activation,
                Plane(slots, y, image, channel),
                y,
                channel);
        });
    }

    internal override Step Pool(
        string name, PoolMode mode, Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation, in TensorView input, in TensorView output) =>
        ByPlane(name, $"{mode} pool", input, output, (x, inView, y, outView) =>
            ReferencePooling.Windows(mode, kernel, stride, padding, dilation, x, inView, y, outView));

    internal override Step AdaptivePool(string name, PoolMode mode, in TensorView input, in TensorView output) =>
        ByPlane(name, $"adaptive {mode} pool", input, output, (x, inView, y, outView) =>
            ReferencePooling.Adaptive(mode, x, inView, y, outView));

    internal override Step Binary(
        string name, BinaryOperation operation, in TensorView left, in TensorView right, in TensorView output, Activation activation)
    {
        (TensorView a, TensorView b, TensorView y) = (left, right, output);
        return new ReferenceStep(name, $"{operation} {a}, {b} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            float* first = Plane(slots, a, image, channel);
            float* second = Plane(slots, b, image, b.Channels == 1 ? 0 : channel);
            float* target = Plane(slots, y, image, channel);
            for (int p = 0; p < y.Pixels; p++)
            {
                double other = second[b.Pixels == 1 ? 0 : p];
                double value = operation == BinaryOperation.Add ? first[p] + other : first[p] * other;
                target[p] = (float)ReferenceActivation.Apply(activation, value);
            }
        });
    }

    internal override Step Unary(string name, Activation activation, PackedWeights? affine, in TensorView input, in TensorView output)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"{activation} {x} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            float* source = Plane(slots, x, image, channel);
            float* target = Plane(slots, y, image, channel);
            double factor = affine != null ? affine.Weights[channel] : 1;
            double shift = affine != null ? affine.Bias[channel] : 0;
            for (int p = 0; p < y.Pixels; p++)
            {
                target[p] = (float)ReferenceActivation.Apply(activation, (source[p] * factor) + shift);
            }
        });
    }

    internal override Step GroupNorm(
        string name, int groups, float epsilon, PackedWeights affine, in TensorView input, in TensorView output)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"group norm {groups} {x}", x.Batch * groups, (slots, item) =>
            ReferenceNormalization.Group(
                groups, epsilon, affine.Weights, affine.Bias, x.Resolve(slots), x, y.Resolve(slots), y, item / groups, item % groups));
    }

    internal override Step LayerNorm(string name, float epsilon, PackedWeights affine, in TensorView input, in TensorView output) =>
        ByImage(name, "layer norm", input, output, (x, inView, y, outView) =>
            ReferenceNormalization.Layer(epsilon, affine.Weights, affine.Bias, x, inView, y, outView));

    internal override Step DivideByLength(string name, float epsilon, in TensorView input, in TensorView output) =>
        ByImage(name, "divide by length", input, output, (x, inView, y, outView) =>
            ReferenceNormalization.Length(epsilon, x, inView, y, outView));

    internal override Step ChannelPool(string name, PoolMode mode, in TensorView input, in TensorView output) =>
        ByImage(name, $"{mode} of channels", input, output, (x, inView, y, _) => ReferencePooling.Channels(mode, x, inView, y));

    internal override Step WeightedSum(string name, TensorView[] inputs, PackedWeights factors, in TensorView output)
    {
        TensorView y = output;
        return new ReferenceStep(name, $"weighted sum {string.Join(", ", inputs)} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            float* target = Plane(slots, y, image, channel);
            for (int p = 0; p < y.Pixels; p++)
            {
                double sum = 0;
                for (int i = 0; i < inputs.Length; i++)
                {
                    sum += (double)factors.Weights[i] * Plane(slots, inputs[i], image, channel)[p];
                }

                target[p] = (float)sum;
            }
        });
    }

    internal override Step Softmax(string name, in TensorView input, in TensorView output) =>
        ByImage(name, "softmax", input, output, (x, inView, y, outView) => ReferenceNormalization.Softmax(x, inView, y, outView));

    internal override Step Upsample(string name, in TensorView input, in TensorView output) =>
        ByPlane(name, "nearest", input, output, (x, inView, y, outView) =>
        {
            for (int row = 0; row < outView.Height; row++)
            {
                int inRow = Math.Min((int)MathF.Floor(row * ((float)inView.Height / outView.Height)), inView.Height - 1);
                for (int column = 0; column < outView.Width; column++)
                {
                    int inColumn = Math.Min((int)MathF.Floor(column * ((float)inView.Width / outView.Width)), inView.Width - 1);
                    y[((long)row * outView.Width) + column] = x[((long)inRow * inView.Width) + inColumn];
                }
            }
        });

    internal override Step ResizeBilinear(string name, in TensorView input, in TensorView output) =>
        ByPlane(name, "bilinear", input, output, (x, inView, y, outView) => ReferenceResizing.Bilinear(x, inView, y, outView));

    internal override Step PixelsToChannels(string name, int side, in TensorView input, in TensorView output)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"pixels to channels {side} {x} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            ReferenceResizing.PixelsToChannels(
                side, channel, x.Resolve(slots) + (image * x.ImageStride), x, Plane(slots, y, image, channel), y);
        });
    }

    internal override Step TokensFromMap(string name, PackedWeights classToken, in TensorView input, in TensorView output)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"tokens {x} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            float* target = Plane(slots, y, image, channel);
            target[0] = classToken.Weights[channel];
            Copy(Plane(slots, x, image, channel), target + 1, x.Pixels);
        });
    }

    internal override Step PositionSum(string name, PackedWeights positions, in TensorView input, in TensorView output)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"positions {x} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            for (int token = 0; token < y.Pixels; token++)
            {
                Plane(slots, y, image, channel)[token] =
                    Plane(slots, x, image, channel)[token] + positions.Weights[((long)channel * y.Pixels) + token];
            }
        });
    }

    internal override Step Attention(string name, int heads, in TensorView input, in TensorView output)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"attention {heads} heads {x} -> {y}", y.Batch * heads * y.Pixels, (slots, item) =>
        {
            (int rest, int query) = Math.DivRem(item, y.Pixels);
            (int image, int head) = Math.DivRem(rest, heads);
            ReferenceTokens.Attend(heads, head, query, Plane(slots, x, image, 0), x, Plane(slots, y, image, 0), y);
        });
    }

    internal override Step GatherChannels(string name, TensorView[] inputs, ChannelSource[] sources, in TensorView output)
    {
        TensorView y = output;
        return new ReferenceStep(name, $"channels {string.Join(", ", inputs)} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            float* target = Plane(slots, y, image, channel);
            (int input, int from) = sources[channel];
            if (input < 0)
            {
                new Span<float>(target, y.Pixels).Clear();
            }
            else
            {
                Copy(Plane(slots, inputs[input], image, from), target, y.Pixels);
            }
        });
    }

    internal override Step FromPlanar(string name, in TensorView input, in TensorView output) => CopyChannels(name, [input], [0], output);

    internal override Step ToPlanar(string name, in TensorView input, in TensorView output) => CopyChannels(name, [input], [0], output);

    private static RowPacking Packing(ConvolutionGeometry geometry, int inChannels, int outChannels) =>
        new(outChannels, inChannels / geometry.Groups * geometry.Taps);

    private static float* Plane(float** slots, in TensorView view, int image, int channel) =>
        view.Resolve(slots) + (image * view.ImageStride) + (channel * view.PlaneStride);

    private static void Copy(float* source, float* target, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));

    private static ReferenceStep ByPlane(string name, string description, in TensorView input, in TensorView output, PlaneBody body)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"{description} {x} -> {y}", y.Batch * y.Channels, (slots, item) =>
        {
            (int image, int channel) = Math.DivRem(item, y.Channels);
            body(Plane(slots, x, image, channel), x, Plane(slots, y, image, channel), y);
        });
    }

    private static ReferenceStep ByImage(string name, string description, in TensorView input, in TensorView output, PlaneBody body)
    {
        (TensorView x, TensorView y) = (input, output);
        return new ReferenceStep(name, $"{description} {x} -> {y}", y.Batch, (slots, image) =>
            body(Plane(slots, x, image, 0), x, Plane(slots, y, image, 0), y));
    }

    private delegate void PlaneBody(float* source, TensorView input, float* target, TensorView output);
}
