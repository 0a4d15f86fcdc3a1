namespace DeepVision.Components;

/// <summary>
/// What a component promises of one of its outputs before anything is built. Maps are named by level: C for a backbone's,
/// P for a neck's, and the level is log2(stride): C5 has one pixel for 32 x 32 pixels of the image.
/// </summary>
public sealed record FeatureInfo
{
    private FeatureInfo(string name, FeatureKind kind, int channels, int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 16);
        Name = name;
        Kind = kind;
        Channels = channels;
        Level = level;
    }

    /// <summary>C5, P3, <c>final</c>, or a vector's name.</summary>
    public string Name { get; }

    /// <summary>Map or vector.</summary>
    public FeatureKind Kind { get; }

    /// <summary>Channels of a map, length of a vector.</summary>
    public int Channels { get; }

    /// <summary>log2 of the stride; 0 for a vector.</summary>
    public int Level { get; }

    /// <summary>
    /// Image pixels along each axis for one pixel of the map. Where the image is no multiple, the map's size is rounded up; with
    /// <see cref="RoundsDown"/> it may be rounded down.
    /// </summary>
    public int Stride => 1 << Level;

    /// <summary>
    /// Whether the map may lack the last pixel of an image that is no multiple of the stride, because windows before it leave out
    /// what they do not wholly cover. Default false.
    /// </summary>
    public bool RoundsDown { get; init; }

    /// <summary>
    /// How many pixels along each axis a map may have less than that, for any image, because windows before it are not padded. Default 0.
    /// </summary>
    public int MissingPixels { get; init; }

    /// <summary>A backbone's map, named C and the level.</summary>
    public static FeatureInfo BackboneMap(int level, int channels) => new($"C{level}", FeatureKind.Map, channels, level);

    /// <summary>A map of a backbone whose later stages are dilated: named C and the stage, with the level that the stride has.</summary>
    /// <param name="stage">The level that the stage has without dilation.</param>
    /// <param name="level">log2 of the stride.</param>
    /// <param name="channels">Channels of the map.</param>
    public static FeatureInfo DilatedBackboneMap(int stage, int level, int channels) => new($"C{stage}", FeatureKind.Map, channels, level);

    /// <summary>The map that the official classifier pools, where it lies behind the last level; named <c>final</c>.</summary>
    /// <param name="level">log2 of the stride.</param>
    /// <param name="channels">Channels of the map.</param>
    public static FeatureInfo FinalMap(int level, int channels) => new("final", FeatureKind.Map, channels, level);

    /// <summary>A neck's map, named P and the level.</summary>
    public static FeatureInfo NeckMap(int level, int channels) => new($"P{level}", FeatureKind.Map, channels, level);

    /// <summary>This map as a neck gives it on: C5 becomes P5, <c>final</c> becomes <c>Pfinal</c>, with the same stride.</summary>
    /// <param name="channels">Channels of the new map; null for those of this one.</param>
    public FeatureInfo ToNeckMap(int? channels = null) =>
        new("P" + (Name[0] is 'C' or 'P' ? Name[1..] : Name), Kind, channels ?? Channels, Level);

    /// <summary>A vector of fixed length.</summary>
    public static FeatureInfo Vector(string name, int length) => new(name, FeatureKind.Vector, length, 0);

    /// <summary><c>C5 (2048 channels, stride 32)</c>.</summary>
    public override string ToString() =>
        Kind == FeatureKind.Vector ? $"{Name} (vector of {Channels})"
        : $"{Name} ({Channels} channels, stride {Stride}{(MissingPixels > 0 ? $", up to {MissingPixels} pixels short" : "")})";
}
