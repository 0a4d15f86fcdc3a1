using System.Globalization;

namespace DeepVision.Tensors;

/// <summary>A point of an object, such as an eye, in pixels as a <see cref="Box"/> counts them: pixel column 0 covers 0 to 1.</summary>
/// <param name="X">From the left side.</param>
/// <param name="Y">From the top.</param>
public readonly record struct Landmark(float X, float Y)
{
    /// <summary>With at most two decimals, as <c>(12, 34.5)</c>, in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X:0.##}, {Y:0.##})");
}
