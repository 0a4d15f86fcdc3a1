using System.Globalization;
using System.Text;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Models;

/// <summary>A model as a table.</summary>
internal static class ModelSummary
{
    internal static string Write(VisionModel model, TensorShape input)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{model.Name}: {model.Task.Describe()}\n");
        foreach (ComponentPath component in model.Components)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {component.Component}: {component.Name}");
            text.Append(component.Path.Length == 0 ? "\n" : $" at {component.Path}\n");
        }

        var counted = new HashSet<Parameter>();
        foreach (ModelStage stage in model.Stages)
        {
            if (stage.Step is { } step)
            {
                text.Append(CultureInfo.InvariantCulture, $"then, on the host: {step.Describe()}\n");
            }

            WriteStage(text, stage.Graph, stage.Step?.TypicalInput(input) ?? input, counted);
        }

        if (model.Stages.Count > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"all stages: {Number(model.ParameterCount, "0")} parameters\n");
        }

        return text.ToString();
    }

    private static void WriteStage(StringBuilder text, ModelGraph graph, TensorShape input, HashSet<Parameter> counted)
    {
        GraphShapes shapes = graph.InferShapes(input);
        var rows = new List<string[]> { new[] { "layer", "operation", "output", "parameters", "multiply-adds" } };
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            long parameters = node.Parameters
                .Where(parameter => parameter.Kind == ParameterKind.Parameter && counted.Add(parameter))
                .Sum(parameter => parameter.Shape.ElementCount);
            rows.Add([node.Name, node.Operation.Describe(), shapes[node.Output].ToString(), Number(parameters), Number(shapes.MultiplyAddsOf(i))]);
        }

        WriteTable(text, rows);
        text.Append(CultureInfo.InvariantCulture, $"input {input}: {Number(graph.ParameterCount, "0")} parameters, ");
        text.Append(CultureInfo.InvariantCulture, $"{shapes.MultiplyAdds / 1e9:0.000} G multiply-adds, ");
        text.Append(CultureInfo.InvariantCulture, $"{shapes.PeakActivationBytes / 1048576.0:0.0} MiB of activations at the peak\n");
    }

    private static void WriteTable(StringBuilder text, List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach ((int index, string[] row) in rows.Index())
        {
            for (int column = 0; column < row.Length; column++)
            {
                // Text to the left, numbers to the right.
                text.Append(column < 3 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column]));
                text.Append(column + 1 < row.Length ? "  " : "\n");
            }

            if (index == 0)
            {
                text.Append('-', widths.Sum() + (2 * (widths.Length - 1))).Append('\n');
            }
        }
    }

    private static string Number(long value, string zero = "") =>
        value == 0 ? zero : value.ToString("N0", CultureInfo.InvariantCulture);
}
