using System.Globalization;
using System.Text;

namespace DeepVision.Torch.Training.Reports;

/// <summary>A run's loss and measurements as an SVG picture.</summary>
internal static class RunCurve
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Margin = 56;

    public static string Draw(IReadOnlyList<RunRow> rows, long totalSteps, string measure)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""").Append('\n');
        svg.Append("""<rect width="100%" height="100%" fill="white"/>""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{Margin},{Margin} V{Height - Margin} H{Width - Margin} V{Margin}" fill="none" stroke="#888"/>""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Width / 2}" y="{Height - 16}" text-anchor="middle">step (of {totalSteps})</text>""").Append('\n');
        Line(svg, [.. rows.Where(row => row.Loss is not null).Select(row => (row.Step, row.Loss!.Value))], totalSteps, "loss", "#c0392b", isLeft: true);
        Line(svg, [.. rows.Where(row => row.Measured is not null).Select(row => (row.Step, row.Measured!.Value))], totalSteps, measure, "#2471a3", isLeft: false);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Line(StringBuilder svg, (long Step, double Value)[] points, long totalSteps, string name, string color, bool isLeft)
    {
        points = [.. points.Where(point => double.IsFinite(point.Value))];
        if (points.Length == 0)
        {
            return;
        }

        double low = points.Min(point => point.Value), high = points.Max(point => point.Value);
        double span = high > low ? high - low : 1;
        double X(long step) => Margin + ((Width - (2.0 * Margin)) * step / totalSteps);
        double Y(double value) => Height - Margin - ((Height - (2.0 * Margin)) * (value - low) / span);
        string path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Step):F1},{Y(point.Value):F1}")));
        svg.Append(CultureInfo.InvariantCulture, $"""<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.5"/>""").Append('\n');
        int x = isLeft ? Margin - 6 : Width - Margin + 6;
        string anchor = isLeft ? "end" : "start";
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{Margin + 4}" text-anchor="{anchor}" fill="{color}">{high:G4}</text>""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{Height - Margin}" text-anchor="{anchor}" fill="{color}">{low:G4}</text>""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{Margin - 20}" text-anchor="{(isLeft ? "start" : "end")}" fill="{color}">{Escape(name)}</text>""").Append('\n');
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
