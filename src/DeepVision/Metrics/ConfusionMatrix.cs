using System.Globalization;
using System.Text;

namespace DeepVision.Metrics;

/// <summary>How often each class was taken for each other: rows are actual classes, columns predicted ones. Not thread-safe.</summary>
public sealed class ConfusionMatrix
{
    private readonly string[] _names;
    private readonly long[,] _counts;

    /// <summary>Creates an empty matrix whose classes are named by their numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public ConfusionMatrix(int classCount)
        : this(Numbers(classCount))
    {
    }

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classNames">One name a class, for printing.</param>
    /// <exception cref="ArgumentException">There is no name, or one is null.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count == 0 || classNames.Contains(null))
        {
            throw new ArgumentException("A confusion matrix needs at least one class, and a name for each.", nameof(classNames));
        }

        _names = [.. classNames];
        _counts = new long[_names.Length, _names.Length];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount => _names.Length;

    /// <summary>The number of samples added.</summary>
    public long Total { get; private set; }

    /// <summary>The number of samples of one class that were given another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class does not exist.</exception>
    public long this[int actual, int predicted]
    {
        get
        {
            Check(actual, nameof(actual));
            Check(predicted, nameof(predicted));
            return _counts[actual, predicted];
        }
    }

    /// <summary>The share of samples given their own class, 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Accuracy => Total > 0
        ? (double)Enumerable.Range(0, ClassCount).Sum(c => _counts[c, c]) / Total
        : throw new InvalidOperationException("Accuracy needs at least one sample; none was added.");

    /// <summary>The mean of <see cref="F1"/> over the classes that occur, as actual or as predicted.</summary>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double MacroF1 => Total > 0
        ? Enumerable.Range(0, ClassCount).Where(c => RowSum(c) + ColumnSum(c) > 0).Average(F1)
        : throw new InvalidOperationException("The macro F1 needs at least one sample; none was added.");

    /// <summary>Counts one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class does not exist.</exception>
    public void Add(int actual, int predicted)
    {
        Check(actual, nameof(actual));
        Check(predicted, nameof(predicted));
        _counts[actual, predicted]++;
        Total++;
    }

    /// <summary>Of the samples given this class, the share that belongs to it; 0 where none was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class does not exist.</exception>
    public double Precision(int classIndex) => Ratio(this[classIndex, classIndex], ColumnSum(classIndex));

    /// <summary>Of the samples of this class, the share that was given it; 0 where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class does not exist.</exception>
    public double Recall(int classIndex) => Ratio(this[classIndex, classIndex], RowSum(classIndex));

    /// <summary>The harmonic mean of precision and recall; 0 where both are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class does not exist.</exception>
    public double F1(int classIndex) => Ratio(2 * this[classIndex, classIndex], RowSum(classIndex) + ColumnSum(classIndex));

    /// <summary>The matrix as shares, indexed by actual, then predicted class; 0 where the divisor is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unknown.</exception>
    public double[,] Normalized(ConfusionNormalization by = ConfusionNormalization.ByActual)
    {
        if (!Enum.IsDefined(by))
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, "Unknown normalization.");
        }

        long[] rows = [.. Enumerable.Range(0, ClassCount).Select(RowSum)];
        long[] columns = [.. Enumerable.Range(0, ClassCount).Select(ColumnSum)];
        var shares = new double[ClassCount, ClassCount];
        for (int actual = 0; actual < ClassCount; actual++)
        {
            for (int predicted = 0; predicted < ClassCount; predicted++)
            {
                long divisor = by switch
                {
                    ConfusionNormalization.ByActual => rows[actual],
                    ConfusionNormalization.ByPredicted => columns[predicted],
                    _ => Total,
                };
                shares[actual, predicted] = Ratio(_counts[actual, predicted], divisor);
            }
        }

        return shares;
    }

    /// <summary>
    /// A table: one row an actual class with its counts by predicted class, then its precision, recall and F1.
    /// </summary>
    public override string ToString()
    {
        int nameWidth = Math.Max(6, _names.Max(n => n.Length));
        int countWidth = Math.Max(
            ClassCount.ToString(CultureInfo.InvariantCulture).Length, Total.ToString(CultureInfo.InvariantCulture).Length) + 1;
        var text = new StringBuilder("actual".PadRight(nameWidth));
        for (int c = 0; c < ClassCount; c++)
        {
            text.Append(c.ToString(CultureInfo.InvariantCulture).PadLeft(countWidth));
        }

        text.Append("  precision  recall      f1\n");
        for (int c = 0; c < ClassCount; c++)
        {
            text.Append(_names[c].PadRight(nameWidth));
            for (int predicted = 0; predicted < ClassCount; predicted++)
            {
                text.Append(_counts[c, predicted].ToString(CultureInfo.InvariantCulture).PadLeft(countWidth));
            }

            text.Append(CultureInfo.InvariantCulture, $"  {Precision(c),9:0.0000}  {Recall(c),6:0.0000}  {F1(c),6:0.0000}\n");
        }

        return text.ToString();
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string[] Numbers(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        return [.. Enumerable.Range(0, classCount).Select(c => c.ToString(CultureInfo.InvariantCulture))];
    }

    private long RowSum(int actual) => Enumerable.Range(0, ClassCount).Sum(c => _counts[actual, c]);

    private long ColumnSum(int predicted) => Enumerable.Range(0, ClassCount).Sum(c => _counts[c, predicted]);

    private void Check(int classIndex, string name)
    {
        if ((uint)classIndex >= (uint)ClassCount)
        {
            throw new ArgumentOutOfRangeException(name, classIndex, $"A class must be from 0 to {ClassCount - 1}.");
        }
    }
}
