using DeepVision.Prediction;

namespace DeepVision.Metrics;

/// <summary>
/// How well predicted classes of pixels agree with the true ones, over all pixels that were added: the share of right pixels and
/// the mean intersection over union. Keeps counts only, no images. Not thread-safe.
/// </summary>
public sealed class SegmentationAccuracy
{
    private readonly long[] _both;
    private readonly long[] _actual;
    private readonly long[] _predicted;

    /// <param name="classCount">The number of classes, the background among them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public SegmentationAccuracy(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        _both = new long[classCount];
        _actual = new long[classCount];
        _predicted = new long[classCount];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount => _both.Length;

    /// <summary>
    /// The true class of pixels that do not count, like the outlines of Pascal VOC. Default 255; null where every pixel counts.
    /// </summary>
    public ushort? Ignored { get; init; } = 255;

    /// <summary>The number of pixels that count.</summary>
    public long Count { get; private set; }

    /// <summary>The share of pixels that have their true class, 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No pixel was added.</exception>
    public double PixelAccuracy => Count > 0 ? (double)_both.Sum() / Count : throw NothingAdded();

    /// <summary>The mean of <see cref="IoU"/> over the classes that occur, truly or as predicted, 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No pixel was added.</exception>
    public double MeanIoU => Count > 0
        ? Enumerable.Range(0, ClassCount).Select(IoU).Where(value => !double.IsNaN(value)).Average()
        : throw NothingAdded();

    /// <summary>Adds one image.</summary>
    /// <param name="predicted">What a model found.</param>
    /// <param name="actual">The true class of each pixel, rows from top to bottom.</param>
    /// <exception cref="ArgumentException">The numbers of pixels differ, or a class is not among the classes.</exception>
    public void Add(Segmentation predicted, ReadOnlySpan<ushort> actual)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        Add(predicted.Classes, actual);
    }

    /// <summary>Adds pixels, those of one image or of many.</summary>
    /// <param name="predicted">The class found for each pixel.</param>
    /// <param name="actual">The true class of each, in the same order.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of pixels differ, or a class is not among the classes; then nothing was added.
    /// </exception>
    public void Add(ReadOnlySpan<ushort> predicted, ReadOnlySpan<ushort> actual)
    {
        if (predicted.Length != actual.Length)
        {
            throw new ArgumentException($"Expected as many pixels as there are true ones, {actual.Length}; found {predicted.Length}.", nameof(predicted));
        }

        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != Ignored)
            {
                Require(actual[i], i, nameof(actual));
                Require(predicted[i], i, nameof(predicted));
            }
        }

        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != Ignored)
            {
                _actual[actual[i]]++;
                _predicted[predicted[i]]++;
                _both[actual[i]] += actual[i] == predicted[i] ? 1 : 0;
                Count++;
            }
        }
    }

    /// <summary>
    /// The intersection over union of one class: pixels that have it truly and as predicted, over those that have it either way; 0
    /// to 1, and NaN for a class that never occurs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double IoU(int classIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classIndex, (uint)ClassCount, nameof(classIndex));
        return _both[classIndex] / (double)(_actual[classIndex] + _predicted[classIndex] - _both[classIndex]);
    }

    private void Require(ushort value, int pixel, string parameter)
    {
        if (value >= ClassCount)
        {
            throw new ArgumentException($"Pixel {pixel} has class {value}; expected one from 0 to {ClassCount - 1}.", parameter);
        }
    }

    private static InvalidOperationException NothingAdded() => new("Accuracy needs at least one pixel; none was added.");
}
