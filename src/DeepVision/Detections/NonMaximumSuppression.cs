using System.Buffers;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// Non-maximum suppression: of boxes that overlap, the best remains. Memory is linear in the number of boxes (no matrix of
/// IoUs) and rented from a pool. Arithmetic is float32 in the order of torchvision's CPU kernel,
/// <c>inter / (area_i + area_j - inter)</c>, so results equal <c>torchvision.ops.nms</c>. Ties are decided by the lower
/// index. Boxes with NaN coordinates or without area overlap nothing: they are kept and drop nobody. Boxes whose score is
/// NaN are never kept. Thread-safe.
/// </summary>
public static class NonMaximumSuppression
{
    /// <summary>Runs suppression.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="scores">One score a box, in any order.</param>
    /// <param name="classes">One class a box; any integers. Ignored for <see cref="NmsScope.AllClasses"/>, where it may be empty.</param>
    /// <param name="options">What to do; null for <see cref="NmsOptions.Default"/>.</param>
    /// <param name="maxKept">The most boxes to keep, at least 0: the best ones.</param>
    /// <returns>The boxes kept, highest score first.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or the options contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxKept"/> is negative.</exception>
    public static KeptBox[] Run(
        ReadOnlySpan<Box> boxes,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<int> classes,
        NmsOptions? options = null,
        int maxKept = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxKept);
        KeptBox[] room = ArrayPool<KeptBox>.Shared.Rent(Math.Min(maxKept, boxes.Length));
        try
        {
            int count = Run(boxes, scores, classes, room.AsSpan(0, Math.Min(maxKept, boxes.Length)), options);
            return room.AsSpan(0, count).ToArray();
        }
        finally
        {
            ArrayPool<KeptBox>.Shared.Return(room);
        }
    }

    /// <summary>Runs suppression into the caller's memory. It allocates nothing once its pool is filled.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="scores">One score a box, in any order.</param>
    /// <param name="classes">One class a box; any integers. Ignored for <see cref="NmsScope.AllClasses"/>, where it may be empty.</param>
    /// <param name="kept">Receives the boxes kept, highest score first; no more than fit.</param>
    /// <param name="options">What to do; null for <see cref="NmsOptions.Default"/>.</param>
    /// <returns>How many are kept.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or the options contradict each other.</exception>
    public static int Run(
        ReadOnlySpan<Box> boxes,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<int> classes,
        Span<KeptBox> kept,
        NmsOptions? options = null)
    {
        options ??= NmsOptions.Default;
        options.ThrowIfContradictory(nameof(options));
        if (scores.Length != boxes.Length)
        {
            throw new ArgumentException($"{boxes.Length} boxes need as many scores; found {scores.Length}.", nameof(scores));
        }

        bool classesUnused = options.Scope == NmsScope.AllClasses && classes.IsEmpty;
        if (classes.Length != boxes.Length && !classesUnused)
        {
            throw new ArgumentException($"{boxes.Length} boxes need as many classes; found {classes.Length}.", nameof(classes));
        }

        using var arrays = new SuppressionArrays(boxes.Length);
        return options.Method == NmsMethod.Hard
            ? HardSuppression.Run(boxes, scores, classes, options, arrays, kept)
            : SoftSuppression.Run(boxes, scores, classes, options, arrays, kept);
    }
}
