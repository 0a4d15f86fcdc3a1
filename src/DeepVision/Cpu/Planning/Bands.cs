namespace DeepVision.Cpu.Planning;

/// <summary>
/// How maps are cut into bands of rows by steps that could cut them by channels only. Threads keep their part of the pixels that
/// way from step to step, so that what they read lies in their own caches.
/// </summary>
internal static class Bands
{
    private const int MinRows = 4;
    private const int ManyImages = 4;

    /// <summary>The bands of an image: those wanted, but an even number where the map has rows enough for two of them.</summary>
    /// <param name="map">The map that a step makes.</param>
    /// <param name="wanted">How many bands there should be for other reasons.</param>
    internal static int Count(in TensorView map, int wanted)
    {
        int bands = Math.Clamp(wanted, 1, map.Height);
        return map.Batch >= ManyImages || map.Height < 2 * MinRows ? bands : Math.Min((bands + 1) / 2 * 2, map.Height);
    }
}
