using System.Diagnostics.CodeAnalysis;

namespace DeepVision.Components;

/// <summary>
/// What components ask of their inputs, with one wording for all errors. Components from outside use it as well. The builder
/// adds the names of both parts.
/// </summary>
public static class FeatureRequirements
{
    /// <summary>Requires at least one feature, all of them maps.</summary>
    /// <exception cref="ModelBuildException">There is none, or one is a vector.</exception>
    public static void RequireMaps(IReadOnlyList<FeatureInfo> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0 || features.Any(feature => feature.Kind != FeatureKind.Map))
        {
            Fail("feature maps", features);
        }
    }

    /// <summary>
    /// Requires maps on consecutive levels, from fine to coarse, and as large as their strides say: each has half the pixels of the
    /// one before, rounded up, or down where <see cref="FeatureInfo.RoundsDown"/> says that it may be.
    /// </summary>
    /// <param name="features">What was found.</param>
    /// <param name="minCount">How many, at least.</param>
    /// <exception cref="ModelBuildException">The levels are others.</exception>
    public static void RequirePyramid(IReadOnlyList<FeatureInfo> features, int minCount = 1)
    {
        RequireMaps(features);
        if (!AreConsecutive(features) || features.Count < minCount || features.Any(feature => feature.MissingPixels > 0))
        {
            Fail($"at least {minCount} maps on consecutive levels, from fine to coarse and as large as their strides say", features);
        }
    }

    /// <summary>Requires a pyramid on the given levels and no others, which a head's anchors or strides are for.</summary>
    /// <param name="features">What was found.</param>
    /// <param name="levels">The levels.</param>
    /// <exception cref="ModelBuildException">The levels are others.</exception>
    public static void RequirePyramid(IReadOnlyList<FeatureInfo> features, LevelRange levels)
    {
        RequirePyramid(features);
        if (features.Count != levels.Count || features[0].Level != levels.Lowest)
        {
            Fail($"maps on levels {levels}", features);
        }
    }

    /// <summary>Requires that all maps have the same channels, as a pyramid behind an FPN has.</summary>
    /// <exception cref="ModelBuildException">They differ.</exception>
    public static void RequireEqualChannels(IReadOnlyList<FeatureInfo> features)
    {
        RequireMaps(features);
        if (features.Any(feature => feature.Channels != features[0].Channels))
        {
            Fail("maps of equal channels, as an FPN gives", features);
        }
    }

    /// <summary>The maps on the given levels; they may be a few pixels short.</summary>
    /// <exception cref="ModelBuildException">A level is missing.</exception>
    public static IReadOnlyList<FeatureInfo> Select(IReadOnlyList<FeatureInfo> features, LevelRange levels)
    {
        RequireMaps(features);
        FeatureInfo[] selected = [.. features.Where(feature => levels.Contains(feature.Level))];
        if (selected.Length != levels.Count || !AreConsecutive(selected))
        {
            Fail($"maps on levels {levels}", features);
        }

        return selected;
    }

    /// <summary>
    /// The maps with the given names, in that order: from fine to coarse, each on the level of the one before or on the next. Two maps
    /// of one level, which <see cref="Select(IReadOnlyList{FeatureInfo}, LevelRange)"/> refuses, are told apart by their names.
    /// </summary>
    /// <param name="features">What was found.</param>
    /// <param name="names">C5, <c>final</c> ...; at least one.</param>
    /// <exception cref="ModelBuildException">A name is missing or stands twice, or the levels are others.</exception>
    public static IReadOnlyList<FeatureInfo> Select(IReadOnlyList<FeatureInfo> features, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        RequireMaps(features);
        FeatureInfo[] selected = [.. names.SelectMany(name => features.Where(feature => feature.Name == name).Take(1))];
        bool rises = selected.Zip(selected.Skip(1)).All(pair => pair.Second.Level - pair.First.Level is 0 or 1);
        if (selected.Length == 0 || selected.Length != names.Count || selected.Distinct().Count() != names.Count || !rises)
        {
            Fail($"maps {string.Join(", ", names)}, from fine to coarse and on one level or the next", features);
        }

        return selected;
    }

    /// <summary>Throws the error that all requirements share.</summary>
    /// <param name="expected">What was expected, in words.</param>
    /// <param name="found">What was found.</param>
    /// <exception cref="ModelBuildException">Always.</exception>
    [DoesNotReturn]
    public static void Fail(string expected, IReadOnlyList<FeatureInfo> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        string list = found.Count == 0 ? "nothing" : string.Join(", ", found);
        throw new ModelBuildException($"expected {expected}; found {list}");
    }

    private static bool AreConsecutive(IReadOnlyList<FeatureInfo> features) =>
        features.Zip(features.Skip(1)).All(pair => pair.Second.Level == pair.First.Level + 1);
}
