using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// Depthwise convolutions, and grouped ones whose groups do not fill blocks. An item is a band of rows of one output block:
/// its inputs are copied with padding to scratch, each lane from the channel that it needs, so that lanes never mix and no
/// product with a stranger's value is formed.
/// </summary>
internal sealed unsafe class LaneConvolution<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const long ScratchBudget = 128 * 1024;
    private readonly ConvolutionGeometry _geometry;
    private readonly LanePacking _packing;
    private readonly PackedWeights _weights;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly TensorView _residual;
    private readonly bool _hasResidual;
    private readonly Activation _activation;
    private readonly int _bandRows;
    private readonly int _inputRows;
    private readonly int _inputColumns;
    private readonly LaneStripShape _strip;

    internal LaneConvolution(
        string name,
        ConvolutionGeometry geometry,
        LanePacking packing,
        PackedWeights weights,
        in TensorView input,
        in TensorView output,
        TensorView? residual,
        Activation activation)
        : base(name)
    {
        Debug.Assert(input.Block == TOps.Width && output.Block == TOps.Width, "Blocked activations.");
        _geometry = geometry;
        _packing = packing;
        _weights = weights;
        _input = input;
        _output = output;
        _residual = residual ?? default;
        _hasResidual = residual != null;
        _activation = activation;
        int reachY = ((geometry.Kernel.Height - 1) * geometry.Dilation.Height) + 1;
        _inputColumns = ((output.Width - 1) * geometry.Stride.Width) + ((geometry.Kernel.Width - 1) * geometry.Dilation.Width) + 1;
        long rowBytes = (long)packing.InChannels * _inputColumns * TOps.Width * sizeof(float);
        long fittingRows = ScratchBudget / rowBytes;
        _bandRows = (int)Math.Clamp((fittingRows - reachY) / geometry.Stride.Height, Math.Min(4, output.Height), output.Height);
        _inputRows = ((_bandRows - 1) * geometry.Stride.Height) + reachY;
        nint row = (nint)_inputColumns * TOps.Width;
        _strip = new LaneStripShape(
            packing.InChannels,
            geometry.Kernel.Height,
            geometry.Kernel.Width,
            row * _inputRows,
            row * geometry.Dilation.Height,
            geometry.Dilation.Width * TOps.Width,
            geometry.Stride.Width * TOps.Width);
    }

    internal override int Items => _output.Batch * _packing.OutBlocks * Bands;

    internal override long ScratchFloats => (long)_packing.InChannels * _inputRows * _inputColumns * TOps.Width;

    internal override long MultiplyAdds =>
        (long)_output.Batch * _output.Pixels * _output.Channels * _packing.InChannels * _packing.Taps;

    private int Bands => (_output.Height + _bandRows - 1) / _bandRows;

    internal override string Describe() =>
        $"{(_packing.IsDepthwise ? "depthwise" : "lane-wise")} {_geometry} strip {LaneStrip<TOps, TVector>.Pixels} bands {Bands}x{_bandRows} rows"
        + $"{(_hasResidual ? " + residual" : "")}{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int band) = Math.DivRem(item, Bands);
        (int image, int block) = Math.DivRem(rest, _packing.OutBlocks);
        int firstRow = band * _bandRows;
        int lastRow = Math.Min(firstRow + _bandRows, _output.Height);
        int firstInputRow = (firstRow * _geometry.Stride.Height) - _geometry.Padding.Top;
        float* input = _input.Resolve(slots) + (image * _input.ImageStride);
        for (int k = 0; k < _packing.InChannels; k++)
        {
            CopyRows(input, block, k, firstInputRow, scratch + (k * _strip.ChannelStride));
        }

        float* weights = _weights.Weights + ((nint)block * _packing.BlockStride);
        float* bias = _weights.Bias + (block * TOps.Width);
        for (int y = firstRow; y < lastRow; y++)
        {
            long offset = (block * _output.PlaneStride) + ((long)y * _output.Width * TOps.Width);
            float* output = _output.Resolve(slots) + (image * _output.ImageStride) + offset;
            float* source = scratch + ((nint)(y - firstRow) * _geometry.Stride.Height * _inputColumns * TOps.Width);
            int x = 0;
            for (; x <= _output.Width - LaneStrip<TOps, TVector>.Pixels; x += LaneStrip<TOps, TVector>.Pixels)
            {
                LaneStrip<TOps, TVector>.RunEight(source + (x * _strip.PixelStride), weights, bias, output + (x * TOps.Width), _strip);
            }

            for (; x < _output.Width; x++)
            {
                LaneStrip<TOps, TVector>.RunOne(source + (x * _strip.PixelStride), weights, bias, output + (x * TOps.Width), _strip);
            }

            FinishRow(output, slots, image, block, y);
        }
    }

    private void FinishRow(float* output, float** slots, int image, int block, int y)
    {
        if (_hasResidual)
        {
            float* residual = _residual.Resolve(slots) + (image * _residual.ImageStride) + (block * _residual.PlaneStride)
                + ((long)y * _output.Width * TOps.Width);
            for (nint i = 0; i < (nint)_output.Width * TOps.Width; i += TOps.Width)
            {
                TOps.Store(output + i, TOps.Add(TOps.Load(output + i), TOps.Load(residual + i)));
            }
        }

        ActivationKernel<TOps, TVector>.Run(_activation, output, output, _output.Width);
        if (block == _output.Blocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
        {
            ChannelTail.Clear(output, _output.Width, TOps.Width, _output.LastLanes);
        }
    }

    private void CopyRows(float* image, int block, int k, int firstInputRow, float* target)
    {
        for (int row = 0; row < _inputRows; row++)
        {
            int y = firstInputRow + row;
            bool inside = (uint)y < (uint)_input.Height;
            for (int column = 0; column < _inputColumns; column++)
            {
                int x = column - _geometry.Padding.Left;
                if (!inside || (uint)x >= (uint)_input.Width)
                {
                    TOps.Store(target, TOps.Zero);
                }
                else
                {
                    float* pixel = image + ((((long)y * _input.Width) + x) * TOps.Width);
                    if (_packing.IsDepthwise)
                    {
                        TOps.Store(target, TOps.Load(pixel + (block * _input.PlaneStride)));
                    }
                    else
                    {
                        GatherLanes(pixel, block, k, target);
                    }
                }

                target += TOps.Width;
            }
        }
    }

    private void GatherLanes(float* pixel, int block, int k, float* target)
    {
        for (int lane = 0; lane < TOps.Width; lane++)
        {
            int outChannel = (block * TOps.Width) + lane;
            int channel = _packing.InputChannel(outChannel, k);
            target[lane] = outChannel < _output.Channels
                ? pixel[(channel / TOps.Width * _input.PlaneStride) + (channel % TOps.Width)]
                : 0;
        }
    }
}
