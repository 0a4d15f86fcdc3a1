using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Pooling;

/// <summary>Max, average, adaptive and global pools. An item is a band of output rows of one block of channels.</summary>
internal sealed unsafe class Pool<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int ItemPixels = 1024;
    private readonly PoolMode _mode;
    private readonly PoolAxis _y;
    private readonly PoolAxis _x;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly int _bands;

    internal Pool(string name, PoolMode mode, PoolAxis y, PoolAxis x, in TensorView input, in TensorView output)
        : base(name)
    {
        _mode = mode;
        _y = y;
        _x = x;
        _input = input;
        _output = output;
        _bands = Bands.Count(output, (output.Pixels + ItemPixels - 1) / ItemPixels);
    }

    internal override int Items => _output.Batch * _output.Blocks * _bands;

    internal override string Describe() =>
        $"{_mode} pool {(_y.IsAdaptive ? "adaptive" : $"{_y.Kernel}x{_x.Kernel} s{_y.Stride}x{_x.Stride}")} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int block) = Math.DivRem(item, _output.Blocks);
        (int image, int band) = Math.DivRem(rest, _bands);
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride);
        int firstRow = (int)((long)_output.Height * band / _bands);
        int lastRow = (int)((long)_output.Height * (band + 1) / _bands);
        for (int y = firstRow; y < lastRow; y++)
        {
            if (_mode == PoolMode.Max)
            {
                MaxRow(input, output + ((nint)y * _output.Width * TOps.Width), y);
            }
            else
            {
                AverageRow(input, output + ((nint)y * _output.Width * TOps.Width), y);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MaxRow(float* input, float* output, int outY)
    {
        (int top, int bottom, int stepY) = _y.Range(outY);
        nint columnStep = _x.Dilation * TOps.Width;
        nint rowStep = (nint)stepY * _input.Width * TOps.Width;
        for (int outX = 0; outX < _output.Width; outX++)
        {
            (int left, int right, int stepX) = _x.Range(outX);
            TVector largest = TOps.Broadcast(float.NegativeInfinity);
            float* row = input + ((((nint)top * _input.Width) + left) * TOps.Width);
            for (int y = top; y < bottom; y += stepY)
            {
                float* pixel = row;
                for (int x = left; x < right; x += stepX)
                {
                    largest = TOps.Max(largest, TOps.Load(pixel));
                    pixel += columnStep;
                }

                row += rowStep;
            }

            TOps.Store(output, largest);
            output += TOps.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AverageRow(float* input, float* output, int outY)
    {
        (int top, int bottom, _) = _y.Range(outY);
        for (int outX = 0; outX < _output.Width; outX++)
        {
            (int left, int right, _) = _x.Range(outX);
            TVector sum = TOps.Zero;
            for (int y = top; y < bottom; y++)
            {
                // Row sums first: short chains keep the mean of a large map accurate.
                float* pixel = input + ((((nint)y * _input.Width) + left) * TOps.Width);
                TVector rowSum = TOps.Zero;
                for (int x = left; x < right; x++)
                {
                    rowSum = TOps.Add(rowSum, TOps.Load(pixel));
                    pixel += TOps.Width;
                }

                sum = TOps.Add(sum, rowSum);
            }

            float count = _mode == PoolMode.AverageWithPadding
                ? (float)_y.PaddedCount(outY) * _x.PaddedCount(outX)
                : (float)(bottom - top) * (right - left);
            TOps.Store(output, TOps.Divide(sum, TOps.Broadcast(count)));
            output += TOps.Width;
        }
    }
}
