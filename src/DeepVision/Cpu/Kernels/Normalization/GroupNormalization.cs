using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Normalization;

/// <summary>
/// Group norm: over the channels of a group and all pixels, mean 0 and variance 1, then factor and shift of the channel. An
/// item is the smallest run of groups that fills whole blocks, so no two items write one vector. Row sums are float32, what
/// adds them up is double; the variance is taken around the mean in a second pass.
/// </summary>
internal sealed unsafe class GroupNormalization<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly int _groups;
    private readonly int _groupChannels;
    private readonly float _epsilon;
    private readonly PackedWeights _affine;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly int _groupsPerItem;

    internal GroupNormalization(
        string name, int groups, float epsilon, PackedWeights affine, in TensorView input, in TensorView output)
        : base(name)
    {
        _groups = groups;
        _groupChannels = input.Channels / groups;
        _epsilon = epsilon;
        _affine = affine;
        _input = input;
        _output = output;
        _groupsPerItem = 1;
        while (_groupsPerItem < groups && _groupsPerItem * _groupChannels % TOps.Width != 0)
        {
            _groupsPerItem++;
        }
    }

    internal override int Items => _input.Batch * ItemsPerImage;

    /// <summary>For each channel of an item: sum or mean, then factor, then shift.</summary>
    internal override long ScratchFloats => 3L * ItemBlocks * TOps.Width;

    private int ItemsPerImage => (_groups + _groupsPerItem - 1) / _groupsPerItem;

    private int ItemBlocks => ((_groupsPerItem * _groupChannels) + TOps.Width - 1) / TOps.Width;

    internal override string Describe() => $"group norm {_groups} groups {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int part) = Math.DivRem(item, ItemsPerImage);
        int firstGroup = part * _groupsPerItem;
        int groups = Math.Min(_groupsPerItem, _groups - firstGroup);
        int firstBlock = firstGroup * _groupChannels / TOps.Width;
        int channels = groups * _groupChannels;
        int blocks = (channels + TOps.Width - 1) / TOps.Width;
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (firstBlock * _input.PlaneStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (firstBlock * _output.PlaneStride);
        float* means = scratch;
        float* factors = means + (ItemBlocks * TOps.Width);
        float* shifts = factors + (ItemBlocks * TOps.Width);

        new Span<float>(scratch, 3 * ItemBlocks * TOps.Width).Clear();
        for (int group = 0; group < groups; group++)
        {
            FindMoments(input, group * _groupChannels, out float mean, out float scale);
            for (int c = group * _groupChannels; c < (group + 1) * _groupChannels; c++)
            {
                int channel = (firstBlock * TOps.Width) + c;
                means[c] = mean;
                factors[c] = scale * _affine.Weights[channel];
                shifts[c] = _affine.Bias[channel];
            }
        }

        for (int block = 0; block < blocks; block++)
        {
            TVector mean = TOps.Load(means + (block * TOps.Width));
            TVector factor = TOps.Load(factors + (block * TOps.Width));
            TVector shift = TOps.Load(shifts + (block * TOps.Width));
            float* source = input + (block * _input.PlaneStride);
            float* target = output + (block * _output.PlaneStride);
            for (nint i = 0; i < (nint)_input.Pixels * TOps.Width; i += TOps.Width)
            {
                TOps.Store(target + i, TOps.MultiplyAdd(TOps.Subtract(TOps.Load(source + i), mean), factor, shift));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindMoments(float* input, int firstChannel, out float mean, out float scale)
    {
        double count = (double)_groupChannels * _input.Pixels;
        mean = (float)(SumChannels(input, firstChannel, 0, squared: false) / count);
        double variance = SumChannels(input, firstChannel, mean, squared: true) / count;
        scale = (float)(1 / Math.Sqrt(variance + _epsilon));
    }

    /// <summary>The sum over a group's channels of x - center, or of its square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumChannels(float* input, int firstChannel, float center, bool squared)
    {
        TVector middle = TOps.Broadcast(center);
        float* lanes = stackalloc float[TOps.Width];
        double total = 0;
        int lastChannel = firstChannel + _groupChannels - 1;
        for (int block = firstChannel / TOps.Width; block <= lastChannel / TOps.Width; block++)
        {
            int firstLane = Math.Max(0, firstChannel - (block * TOps.Width));
            int lastLane = Math.Min(TOps.Width - 1, lastChannel - (block * TOps.Width));
            float* pixel = input + (block * _input.PlaneStride);
            for (int y = 0; y < _input.Height; y++)
            {
                TVector sum = TOps.Zero;
                for (int x = 0; x < _input.Width; x++, pixel += TOps.Width)
                {
                    TVector difference = TOps.Subtract(TOps.Load(pixel), middle);
                    sum = squared ? TOps.MultiplyAdd(difference, difference, sum) : TOps.Add(sum, difference);
                }

                TOps.Store(lanes, sum);
                for (int lane = firstLane; lane <= lastLane; lane++)
                {
                    total += lanes[lane];
                }
            }
        }

        return total;
    }
}
