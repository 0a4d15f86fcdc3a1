using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>A class for every pixel of an image.</summary>
/// <remarks>
/// The network's logits have been resized twice, bilinearly with pixel centers aligned: by the network to its own input, as in
/// torchvision, and from there to the image as it was given; the class of a pixel is that of its largest logit. Where
/// preprocessing changed no size, that is torchvision's result. Pixels that preprocessing cut off have the class of the nearest
/// one kept.
/// </remarks>
public sealed class Segmentation
{
    private readonly ReadOnlyMemory<ushort> _classes;
    private readonly PixelLogits? _logits;

    /// <summary>Wraps classes that come from elsewhere.</summary>
    /// <param name="imageSize">The image's size.</param>
    /// <param name="classes">One class index a pixel, rows from top to bottom; not copied.</param>
    /// <param name="labels">The classes' names in index order.</param>
    /// <exception cref="ArgumentException">The number of pixels is another, or a class has no name.</exception>
    public Segmentation(ImageSize imageSize, ReadOnlyMemory<ushort> classes, IReadOnlyList<string> labels)
        : this(imageSize, classes, labels, logits: null)
    {
        if (classes.Length != imageSize.Area)
        {
            throw new ArgumentException($"An image of {imageSize} has {imageSize.Area} pixels; found {classes.Length} classes.", nameof(classes));
        }

        foreach (ushort index in classes.Span)
        {
            if (index >= labels.Count)
            {
                throw new ArgumentException($"Class {index} has no name; there are {labels.Count}.", nameof(classes));
            }
        }
    }

    internal Segmentation(ImageSize imageSize, ReadOnlyMemory<ushort> classes, IReadOnlyList<string> labels, PixelLogits? logits)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ImageSize = imageSize;
        _classes = classes;
        Labels = labels;
        _logits = logits;
    }

    /// <summary>The size of the image as given.</summary>
    public ImageSize ImageSize { get; }

    /// <summary>The classes' names in index order; torchvision's models have the background first.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The class index of each pixel, rows from top to bottom.</summary>
    public ReadOnlySpan<ushort> Classes => _classes.Span;

    /// <summary>Time spent on this image by stage; an equal share for images that ran together.</summary>
    public IReadOnlyList<StageTiming> Timings { get; internal init; } = [];

    /// <summary>The same classes with a stage that came before.</summary>
    internal Segmentation After(StageTiming stage) => new(ImageSize, _classes, Labels, _logits) { Timings = [stage, .. Timings], Threads = Threads };

    /// <summary>How many threads <see cref="Scores"/> uses at most: those of the engine that segmented.</summary>
    internal int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The class index of one pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is not in the image.</exception>
    public int ClassAt(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)ImageSize.Width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)ImageSize.Height, nameof(y));
        return Classes[(y * ImageSize.Width) + x];
    }

    /// <summary>How many pixels each class has, in index order.</summary>
    public int[] CountPixels()
    {
        var counts = new int[Labels.Count];
        foreach (ushort index in Classes)
        {
            counts[index]++;
        }

        return counts;
    }

    /// <summary>
    /// The probability of one class at each pixel: the softmax of the resized logits. It takes as many threads as the engine had.
    /// </summary>
    /// <param name="classIndex">Which class.</param>
    /// <returns>0 to 1, rows from top to bottom.</returns>
    /// <exception cref="InvalidOperationException">The logits were not kept; see <see cref="PredictionOptions.KeepScores"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public float[] Scores(int classIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classIndex, (uint)Labels.Count, nameof(classIndex));
        return _logits?.Probabilities(classIndex, Threads)
            ?? throw new InvalidOperationException(
                $"The scores of this segmentation were not kept; set {nameof(PredictionOptions)}.{nameof(PredictionOptions.KeepScores)} before.");
    }

    /// <summary>The size, and each class that is there with its share of the pixels, the largest first.</summary>
    public override string ToString()
    {
        int[] counts = CountPixels();
        IEnumerable<string> parts = Enumerable.Range(0, counts.Length)
            .Where(index => counts[index] > 0)
            .OrderByDescending(index => counts[index])
            .Select(index => string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{Labels[index]} {100.0 * counts[index] / _classes.Length:0.0} %"));
        return $"{ImageSize}: {string.Join(", ", parts)}";
    }
}
