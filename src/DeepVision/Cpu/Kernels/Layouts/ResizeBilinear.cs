using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>Resizes a map by weighting the four pixels around each position. An item is a band of output rows of one block of channels.</summary>
internal sealed unsafe class ResizeBilinear<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int ItemPixels = 1024;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly BilinearAxis _rows;
    private readonly BilinearAxis _columns;
    private readonly int _bandRows;

    internal ResizeBilinear(string name, in TensorView input, in TensorView output)
        : base(name)
    {
        _input = input;
        _output = output;
        _rows = new BilinearAxis(input.Height, output.Height);
        _columns = new BilinearAxis(input.Width, output.Width);
        _bandRows = Math.Clamp(ItemPixels / output.Width, 1, output.Height);
    }

    internal override int Items => _output.Batch * _output.Blocks * Bands;

    private int Bands => (_output.Height + _bandRows - 1) / _bandRows;

    internal override string Describe() => $"bilinear {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int band) = Math.DivRem(item, Bands);
        (int image, int block) = Math.DivRem(rest, _output.Blocks);
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride);
        nint rowFloats = (nint)_input.Width * TOps.Width;
        int lastRow = Math.Min((band + 1) * _bandRows, _output.Height);
        for (int y = band * _bandRows; y < lastRow; y++)
        {
            ResizeRow(
                input + (_rows.First[y] * rowFloats),
                input + (_rows.Second[y] * rowFloats),
                _rows.Weight[y],
                output + ((nint)y * _output.Width * TOps.Width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ResizeRow(float* above, float* below, float weight, float* output)
    {
        TVector belowShare = TOps.Broadcast(weight);
        TVector aboveShare = TOps.Broadcast(1 - weight);
        for (int x = 0; x < _columns.Weight.Length; x++, output += TOps.Width)
        {
            nint left = (nint)_columns.First[x] * TOps.Width;
            nint right = (nint)_columns.Second[x] * TOps.Width;
            TVector rightShare = TOps.Broadcast(_columns.Weight[x]);
            TVector leftShare = TOps.Broadcast(1 - _columns.Weight[x]);
            TVector top = TOps.MultiplyAdd(TOps.Load(above + right), rightShare, TOps.Multiply(TOps.Load(above + left), leftShare));
            TVector bottom = TOps.MultiplyAdd(TOps.Load(below + right), rightShare, TOps.Multiply(TOps.Load(below + left), leftShare));
            TOps.Store(output, TOps.MultiplyAdd(bottom, belowShare, TOps.Multiply(top, aboveShare)));
        }
    }
}
