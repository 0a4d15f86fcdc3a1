using System.Buffers;
using DeepVision.Tensors;

namespace DeepVision.Torch.Training.Targets;

/// <summary>
/// Decides for each anchor which object it should predict, as torchvision's <c>Matcher</c> does on the float32 IoU. Immutable
/// and thread-safe.
/// </summary>
public sealed class AnchorMatcher
{
    /// <summary>The anchor should predict background.</summary>
    public const int Background = -1;

    /// <summary>The anchor counts for nothing.</summary>
    public const int Neither = -2;

    private readonly AnchorMatcherOptions _options;

    /// <summary>Creates a matcher.</summary>
    /// <param name="options">Thresholds; null for the defaults.</param>
    /// <exception cref="ArgumentException">The background threshold is above the foreground threshold.</exception>
    public AnchorMatcher(AnchorMatcherOptions? options = null)
    {
        _options = options ?? new AnchorMatcherOptions();
        if (_options.BackgroundIoU > _options.ForegroundIoU)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The background's IoU, {_options.BackgroundIoU}, must not be above the foreground's, {_options.ForegroundIoU}."), nameof(options));
        }
    }

    /// <summary>Matches the anchors of one image.</summary>
    /// <param name="anchors">The anchors.</param>
    /// <param name="objects">The objects' boxes; may be empty, and everything is background then.</param>
    /// <param name="ignored">Boxes of objects that are neither expected nor wrong to find; may be empty.</param>
    /// <param name="matches">
    /// Gets for each anchor the index of its object, <see cref="Background"/> or <see cref="Neither"/>.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="matches"/> is not as long as <paramref name="anchors"/>.</exception>
    public void Match(ReadOnlySpan<Box> anchors, ReadOnlySpan<Box> objects, ReadOnlySpan<Box> ignored, Span<int> matches)
    {
        if (matches.Length != anchors.Length)
        {
            throw new ArgumentException($"There are {anchors.Length} anchors; found room for {matches.Length} matches.", nameof(matches));
        }

        float[] best = ArrayPool<float>.Shared.Rent(anchors.Length);
        int[] nearest = ArrayPool<int>.Shared.Rent(anchors.Length);
        try
        {
            MatchObjects(anchors, objects, best.AsSpan(0, anchors.Length), nearest.AsSpan(0, anchors.Length), matches);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(best);
            ArrayPool<int>.Shared.Return(nearest);
        }

        if (_options.IgnoredIoU is { } limit)
        {
            LeaveOut(anchors, ignored, limit, matches);
        }
    }

    private void MatchObjects(ReadOnlySpan<Box> anchors, ReadOnlySpan<Box> objects, Span<float> best, Span<int> nearest, Span<int> matches)
    {
        best.Clear();
        nearest.Clear();
        var closest = new List<int>[objects.Length];
        for (int o = 0; o < objects.Length; o++)
        {
            Box thing = objects[o];
            float highest = 0;
            List<int> tied = closest[o] = [];
            for (int a = 0; a < anchors.Length; a++)
            {
                float overlap = Overlap(thing, anchors[a]);
                if (overlap > best[a])
                {
                    (best[a], nearest[a]) = (overlap, o);
                }

                if (overlap > highest)
                {
                    highest = overlap;
                    tied.Clear();
                    tied.Add(a);
                }
                else if (overlap == highest && highest > 0)
                {
                    tied.Add(a);
                }
            }
        }

        for (int a = 0; a < matches.Length; a++)
        {
            matches[a] = objects.Length == 0 || best[a] < _options.BackgroundIoU ? Background
                : best[a] < _options.ForegroundIoU ? Neither
                : nearest[a];
        }

        // An object that overlaps no anchor at all has none to itself: torchvision would give it every anchor of the image.
        foreach (int a in _options.AllowLowQualityMatches ? closest.SelectMany(tied => tied) : [])
        {
            matches[a] = nearest[a];
        }
    }

    private static void LeaveOut(ReadOnlySpan<Box> anchors, ReadOnlySpan<Box> ignored, float limit, Span<int> matches)
    {
        foreach (Box thing in ignored)
        {
            for (int a = 0; a < anchors.Length; a++)
            {
                if (matches[a] == Background && Overlap(thing, anchors[a]) >= limit)
                {
                    matches[a] = Neither;
                }
            }
        }
    }

    // Most pairs do not touch, and only the comparisons are paid for them.
    private static float Overlap(Box thing, Box anchor) =>
        anchor.X1 < thing.X2 && anchor.X2 > thing.X1 && anchor.Y1 < thing.Y2 && anchor.Y2 > thing.Y1 ? thing.IoU(anchor) : 0f;
}
