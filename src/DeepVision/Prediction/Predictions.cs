using System.Collections;
using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>What a model says of one image: plain records, best first, with the image's size and the time of each stage.</summary>
/// <typeparam name="T">The kind of record.</typeparam>
public sealed class Predictions<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T> _items;

    internal Predictions(IReadOnlyList<T> items, ImageSize imageSize, IReadOnlyList<StageTiming> timings)
    {
        _items = items;
        ImageSize = imageSize;
        Timings = timings;
    }

    /// <summary>The size of the image as given; boxes are in its pixels.</summary>
    public ImageSize ImageSize { get; }

    /// <summary>Time spent on this image by stage; an equal share for images that ran together.</summary>
    public IReadOnlyList<StageTiming> Timings { get; }

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>The same answers with a stage that came before.</summary>
    internal Predictions<T> After(StageTiming stage) => new(_items, ImageSize, [stage, .. Timings]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
