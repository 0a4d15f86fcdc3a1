using System.Globalization;

namespace DeepVision.Tensors;

/// <summary>One class that a classifier considers, with its probability.</summary>
/// <param name="ClassIndex">The index among the model's classes.</param>
/// <param name="Label">The class's name.</param>
/// <param name="Probability">The probability after softmax, 0 to 1.</param>
public sealed record Classification(int ClassIndex, string Label, float Probability)
{
    /// <summary>One line, as <c>tabby 0.8412</c>, in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Probability:0.0000}");
}
