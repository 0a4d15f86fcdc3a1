using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

/// <summary>
/// Raw RetinaNet outputs from an integer hash of the element's number, equal to those of
/// Fixtures/retinanet_postprocess.py bit for bit.
/// </summary>
internal static class RawOutputs
{
    public static IReadOnlyList<RawCase> Cases { get; } =
    [
        new(0, 6, new(128, 160), [new(120, 160), new(128, 97)], [new(16, 20), new(8, 10), new(4, 5), new(2, 3), new(1, 2)], 0.25f),
        new(1, 6, new(128, 160), [new(120, 160), new(128, 97)], [new(16, 20), new(8, 10), new(4, 5), new(2, 3), new(1, 2)], 0.03125f),
        new(2, 91, new(256, 320), [new(256, 301), new(199, 320)], [new(32, 40), new(16, 20), new(8, 10), new(4, 5), new(2, 3)], 0.0078125f),
    ];

    /// <summary>Numbers in [0, 1) with 24 bits.</summary>
    public static float[] Uniform(int caseIndex, int image, int level, int kind, int count)
    {
        uint start = (uint)((((((caseIndex * 8) + image) * 8) + level) * 4) + kind) << 21;
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            uint h = (start + (uint)i) * 0x9E3779B1u;
            h ^= h >> 16;
            h *= 0x85EBCA6Bu;
            h ^= h >> 13;
            h *= 0xC2B2AE35u;
            h ^= h >> 16;
            values[i] = (h >> 8) * (1f / (1 << 24));
        }

        return values;
    }

    public static RetinaNetLevel Level(RawCase raw, int image, int level)
    {
        SpatialSize map = raw.Maps[level];
        float[] logits = Uniform(raw.Index, image, level, 0, 9 * raw.Classes * (int)map.Area);
        float[] choice = Uniform(raw.Index, image, level, 2, logits.Length);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = (logits[i] * 4f) - (choice[i] < raw.Share ? 3.5f : 12f);
        }

        float[] deltas = Uniform(raw.Index, image, level, 1, 36 * (int)map.Area);
        for (int i = 0; i < deltas.Length; i++)
        {
            deltas[i] = (deltas[i] - 0.5f) * 1.25f;
        }

        return new RetinaNetLevel(logits, deltas, map);
    }

    public static RetinaNetLevel[] Levels(RawCase raw, int image) =>
        [.. Enumerable.Range(0, raw.Maps.Length).Select(level => Level(raw, image, level))];
}

internal sealed record RawCase(
    int Index, int Classes, SpatialSize Padded, SpatialSize[] Images, SpatialSize[] Maps, float Share);
