using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepVision.Visualization;

/// <summary>The products of a matrix's rows with each other, in double precision.</summary>
internal static class GramMatrix
{
    // Columns that are worked on together: 256 rows of them take half of a common second-level cache.
    private const int Block = 256;

    // Eight sums, four rows and two others: fourteen of the sixteen registers that AVX2 has.
    private const int TileRows = 4;
    private const int TileOthers = 2;

    /// <summary>The symmetric matrix of all products of two rows.</summary>
    /// <param name="matrix">The values; that of row r and column c lies at <c>r * rowStride + c * columnStride</c>.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="rowStride">From one row to the next.</param>
    /// <param name="columnStride">From one column to the next.</param>
    /// <returns>rows x rows, one row after the other.</returns>
    internal static double[] Of(ReadOnlySpan<float> matrix, int rows, int columns, int rowStride, int columnStride)
    {
        // Rows and columns that fill up the last tile and the last block are zero and change no sum.
        int padded = (rows + TileRows - 1) / TileRows * TileRows;
        var sums = new double[padded * padded];
        var block = new double[padded * Block];
        for (int start = 0; start < columns; start += Block)
        {
            int width = Math.Min(Block, columns - start);
            for (int row = 0; row < rows; row++)
            {
                Span<double> values = block.AsSpan(row * Block, Block);
                for (int column = 0; column < width; column++)
                {
                    values[column] = matrix[(row * rowStride) + ((start + column) * columnStride)];
                }

                values[width..].Clear();
            }

            for (int row = 0; row < padded; row += TileRows)
            {
                for (int other = 0; other < row + TileRows; other += TileOthers)
                {
                    AddTile(block, row, other, sums, padded);
                }
            }
        }

        var gram = new double[rows * rows];
        for (int row = 0; row < rows; row++)
        {
            for (int other = 0; other <= row; other++)
            {
                gram[(row * rows) + other] = gram[(other * rows) + row] = sums[(row * padded) + other];
            }
        }

        return gram;
    }

    /// <summary>The sum of the products of two vectors of one length.</summary>
    internal static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Vector<double> sum = default;
        int i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        }

        double total = Vector.Sum(sum);
        for (; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }

    private static void AddTile(double[] block, int row, int other, double[] sums, int padded)
    {
        Vector<double> sum00 = default, sum01 = default, sum10 = default, sum11 = default;
        Vector<double> sum20 = default, sum21 = default, sum30 = default, sum31 = default;
        ref double rows = ref MemoryMarshal.GetReference(block.AsSpan(row * Block, TileRows * Block));
        ref double others = ref MemoryMarshal.GetReference(block.AsSpan(other * Block, TileOthers * Block));
        for (nuint i = 0; i < Block; i += (nuint)Vector<double>.Count)
        {
            Vector<double> other0 = Vector.LoadUnsafe(ref others, i);
            Vector<double> other1 = Vector.LoadUnsafe(ref others, i + Block);
            Vector<double> value = Vector.LoadUnsafe(ref rows, i);
            sum00 = Vector.MultiplyAddEstimate(value, other0, sum00);
            sum01 = Vector.MultiplyAddEstimate(value, other1, sum01);
            value = Vector.LoadUnsafe(ref rows, i + Block);
            sum10 = Vector.MultiplyAddEstimate(value, other0, sum10);
            sum11 = Vector.MultiplyAddEstimate(value, other1, sum11);
            value = Vector.LoadUnsafe(ref rows, i + (2 * Block));
            sum20 = Vector.MultiplyAddEstimate(value, other0, sum20);
            sum21 = Vector.MultiplyAddEstimate(value, other1, sum21);
            value = Vector.LoadUnsafe(ref rows, i + (3 * Block));
            sum30 = Vector.MultiplyAddEstimate(value, other0, sum30);
            sum31 = Vector.MultiplyAddEstimate(value, other1, sum31);
        }

        int at = (row * padded) + other;
        sums[at] += Vector.Sum(sum00);
        sums[at + 1] += Vector.Sum(sum01);
        sums[at + padded] += Vector.Sum(sum10);
        sums[at + padded + 1] += Vector.Sum(sum11);
        sums[at + (2 * padded)] += Vector.Sum(sum20);
        sums[at + (2 * padded) + 1] += Vector.Sum(sum21);
        sums[at + (3 * padded)] += Vector.Sum(sum30);
        sums[at + (3 * padded) + 1] += Vector.Sum(sum31);
    }
}
