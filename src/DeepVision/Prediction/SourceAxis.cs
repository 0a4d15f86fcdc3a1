namespace DeepVision.Prediction;

/// <summary>
/// For each pixel of a source image along one axis, the two pixels of the tensor around it and their weights: bilinear, with pixel
/// centers aligned and without antialiasing, as PyTorch's <c>interpolate(align_corners=False)</c> from the resized image to the
/// source. What preprocessing cut off reads the nearest pixel that was kept.
/// </summary>
internal readonly struct SourceAxis
{
    private readonly int[] _first;
    private readonly int[] _second;
    private readonly float[] _part;

    /// <param name="source">Pixels of the source image.</param>
    /// <param name="resized">Pixels of the resized image.</param>
    /// <param name="crop">Pixels of it that were cut off at the start.</param>
    /// <param name="content">Pixels of it that were kept.</param>
    /// <param name="offset">The tensor's pixel where the kept part begins.</param>
    internal SourceAxis(int source, int resized, int crop, int content, int offset)
    {
        _first = new int[source];
        _second = new int[source];
        _part = new float[source];

        // PyTorch's step is a float32, but its position carries more digits than that.
        double step = (float)resized / source;
        for (int i = 0; i < source; i++)
        {
            double position = source == resized ? i : Math.Max((step * (i + 0.5)) - 0.5, 0.0);
            int first = Math.Min((int)position, resized - 1);
            _part[i] = (float)Math.Min(position - first, 1.0);
            _first[i] = offset + Math.Clamp(first - crop, 0, content - 1);
            _second[i] = offset + Math.Clamp(Math.Min(first + 1, resized - 1) - crop, 0, content - 1);
        }
    }

    /// <summary>Pixels of the source.</summary>
    internal int Length => _part.Length;

    /// <summary>The tensor's pixel at or before each.</summary>
    internal ReadOnlySpan<int> First => _first;

    /// <summary>The tensor's pixel behind it.</summary>
    internal ReadOnlySpan<int> Second => _second;

    /// <summary>The share of the second, 0 to 1.</summary>
    internal ReadOnlySpan<float> Part => _part;
}
