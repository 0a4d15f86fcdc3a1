namespace DeepVision.Detections;

/// <summary>The ranges that decoders' options share.</summary>
internal static class DecoderLimits
{
    public static float Score(float value) => value is >= 0f and <= 1f
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A score threshold lies between 0 and 1.");

    public static int Count(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    public static float Side(float value) => value >= 0f && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A shortest side is a finite number of pixels, 0 or more.");

    public static NmsOptions Consistent(NmsOptions value)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.ThrowIfContradictory(nameof(value));
        return value;
    }
}
