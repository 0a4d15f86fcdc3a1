using System.Globalization;

namespace DeepVision.Preprocessing;

/// <summary>One number for each plane that the model reads, in the model's own channel order.</summary>
/// <param name="First">For plane 0: red for RGB models, blue for BGR ones.</param>
/// <param name="Second">For plane 1.</param>
/// <param name="Third">For plane 2.</param>
public readonly record struct ChannelValues(float First, float Second, float Third)
{
    /// <summary>The same number for each plane.</summary>
    public static ChannelValues All(float value) => new(value, value, value);

    /// <summary>The number for one plane.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The plane is not 0, 1 or 2.</exception>
    public float this[int plane] => plane switch
    {
        0 => First,
        1 => Second,
        2 => Third,
        _ => throw new ArgumentOutOfRangeException(nameof(plane), plane, "A plane is 0, 1 or 2."),
    };

    /// <summary>The three numbers in brackets.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{First}, {Second}, {Third}]");
}
