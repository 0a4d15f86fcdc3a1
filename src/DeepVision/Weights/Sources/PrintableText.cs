using System.Text;

namespace DeepVision.Weights.Sources;

/// <summary>Text out of a file made fit for a message: bounded, and without control characters.</summary>
internal static class PrintableText
{
    private const int MaxLength = 200;

    public static string Of(string text)
    {
        var builder = new StringBuilder(Math.Min(text.Length, MaxLength) + 3);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            builder.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        }

        return text.Length > MaxLength ? builder.Append("...").ToString() : builder.ToString();
    }
}
