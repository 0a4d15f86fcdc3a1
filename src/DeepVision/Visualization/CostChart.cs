using System.Globalization;
using System.Security;
using System.Text;
using DeepVision.Models;

namespace DeepVision.Visualization;

/// <summary>A model's cost by layer as an SVG bar chart: multiply-adds to the right, parameters beside them.</summary>
public static class CostChart
{
    private const int RowHeight = 18;
    private const int LabelWidth = 320;
    private const int BarWidth = 420;
    private const int NumberWidth = 90;
    private const int Top = 64;

    /// <summary>Draws the chart.</summary>
    /// <param name="cost">The costs.</param>
    /// <param name="depth">How many parts of the layers' names make a row, as in <see cref="ModelCost.GroupBy"/>. Default 3.</param>
    /// <returns>The text of an SVG file.</returns>
    public static string ToSvg(ModelCost cost, int depth = 3)
    {
        ArgumentNullException.ThrowIfNull(cost);
        IReadOnlyList<CostGroup> rows = cost.GroupBy(depth);
        double mostAdds = Math.Max(1, rows.Max(row => row.MultiplyAdds));
        double mostParameters = Math.Max(1, rows.Max(row => row.Parameters));
        int width = LabelWidth + (2 * (BarWidth + NumberWidth)) + 20;
        int height = Top + (rows.Count * RowHeight) + 12;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n");
        Text(svg, 10, 22, $"{cost.Model}, input {cost.Input}", "start", "16");
        Text(svg, LabelWidth, 48, string.Create(CultureInfo.InvariantCulture, $"multiply-adds: {cost.MultiplyAdds / 1e9:0.000} G"), "start", "12");
        Text(svg, LabelWidth + BarWidth + NumberWidth, 48, string.Create(CultureInfo.InvariantCulture, $"parameters: {cost.Parameters / 1e6:0.000} M"), "start", "12");
        for (int i = 0; i < rows.Count; i++)
        {
            int y = Top + (i * RowHeight);
            Text(svg, LabelWidth - 8, y + 12, rows[i].Name, "end", "12");
            Bar(svg, LabelWidth, y, rows[i].MultiplyAdds / mostAdds, "#4477aa", Millions(rows[i].MultiplyAdds));
            Bar(svg, LabelWidth + BarWidth + NumberWidth, y, rows[i].Parameters / mostParameters, "#cc6677", Millions(rows[i].Parameters));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder svg, int x, int y, double share, string color, string number)
    {
        double length = share * BarWidth;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{length:0.0}\" height=\"{RowHeight - 4}\" fill=\"{color}\"/>\n");
        Text(svg, x + (int)length + 4, y + 12, number, "start", "11");
    }

    private static void Text(StringBuilder svg, int x, int y, string text, string anchor, string size) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{SecurityElement.Escape(text)}</text>\n");

    private static string Millions(long value) => value == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.###} M");
}
