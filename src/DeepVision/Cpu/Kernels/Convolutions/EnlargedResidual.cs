using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Layouts;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>A map of another size that is added to an output by its nearest pixels, read a tile of the output at a time.</summary>
internal sealed unsafe class EnlargedResidual<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly TensorView _residual;
    private readonly int[] _rows;
    private readonly int[] _columns;

    internal EnlargedResidual(in TensorView residual, in TensorView output)
    {
        _residual = residual;
        _rows = UpsampleNearest.Indices(residual.Height, output.Height);
        _columns = UpsampleNearest.Indices(residual.Width, output.Width);
    }

    /// <summary>Whether a residual is of another size than the output.</summary>
    internal static bool IsNeeded(in TensorView residual, in TensorView output) =>
        residual.Height != output.Height || residual.Width != output.Width;

    /// <summary>Copies what is added to some pixels.</summary>
    /// <param name="blocks">The residual's first pixel in the first of the tile's blocks.</param>
    /// <param name="firstPixel">The tile's first output pixel, counted row by row.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="blockCount">How many blocks.</param>
    /// <param name="target">Receives the pixels, dense.</param>
    /// <param name="targetBlock">Floats from one block to the next there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Gather(float* blocks, int firstPixel, int pixels, int blockCount, float* target, nint targetBlock)
    {
        (int row, int column) = Math.DivRem(firstPixel, _columns.Length);
        for (int p = 0; p < pixels; p++)
        {
            float* source = blocks + ((((nint)_rows[row] * _residual.Width) + _columns[column]) * TOps.Width);
            for (int block = 0; block < blockCount; block++)
            {
                TOps.Store(target + (block * targetBlock) + (p * TOps.Width), TOps.Load(source + (block * (nint)_residual.PlaneStride)));
            }

            if (++column == _columns.Length)
            {
                column = 0;
                row++;
            }
        }
    }
}
