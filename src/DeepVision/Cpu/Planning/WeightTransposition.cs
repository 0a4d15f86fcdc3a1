using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepVision.Cpu.Planning;

/// <summary>Rows become lanes: squares of 4 x 4 are exchanged in registers, a cache line of each source row at a time.</summary>
internal static unsafe class WeightTransposition
{
    private const int Side = 4;
    private const int LineFloats = 16;

    private static bool HasUnpack => Sse.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Writes <c>target[order[column] * pitch + row] = source[row * rowFloats + column]</c>.</summary>
    /// <param name="source">The first row's first column.</param>
    /// <param name="rowFloats">From one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="pitch">Floats of a target row.</param>
    /// <param name="order">For each column its target row; null for the same order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run(float* source, nint rowFloats, int rows, int columns, float* target, nint pitch, int* order)
    {
        int squareRows = HasUnpack ? rows / Side * Side : 0;
        int squareColumns = HasUnpack ? columns / Side * Side : 0;
        for (int line = 0; line < squareColumns; line += LineFloats)
        {
            int end = Math.Min(line + LineFloats, squareColumns);
            for (int row = 0; row < squareRows; row += Side)
            {
                float* from = source + (row * rowFloats);
                float* to = target + row;
                for (int column = line; column < end; column += Side)
                {
                    Vector128<float> a = Vector128.Load(from + column);
                    Vector128<float> b = Vector128.Load(from + rowFloats + column);
                    Vector128<float> c = Vector128.Load(from + (2 * rowFloats) + column);
                    Vector128<float> d = Vector128.Load(from + (3 * rowFloats) + column);
                    Vector128<float> lowAc = Low(a, c);
                    Vector128<float> lowBd = Low(b, d);
                    Vector128<float> highAc = High(a, c);
                    Vector128<float> highBd = High(b, d);
                    Low(lowAc, lowBd).Store(to + (Place(order, column) * pitch));
                    High(lowAc, lowBd).Store(to + (Place(order, column + 1) * pitch));
                    Low(highAc, highBd).Store(to + (Place(order, column + 2) * pitch));
                    High(highAc, highBd).Store(to + (Place(order, column + 3) * pitch));
                }
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = row < squareRows ? squareColumns : 0; column < columns; column++)
            {
                target[(Place(order, column) * pitch) + row] = source[(row * rowFloats) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(int* order, int column) => order == null ? column : order[column];

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
