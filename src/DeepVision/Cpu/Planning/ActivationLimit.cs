using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>Refuses inputs whose activations would take more memory than the caller allows, before any of it is allocated.</summary>
internal static class ActivationLimit
{
    internal static void CheckShapes(ModelGraph graph, GraphShapes shapes, TensorShape[] inputs, long maxBytes)
    {
        foreach (TensorShape input in inputs)
        {
            if (input.ElementCount == 0)
            {
                throw new ArgumentException($"'{graph.Name}' was given an input of shape {input}: expected at least one image with at least one pixel.");
            }
        }

        long bytes;
        try
        {
            bytes = shapes.PeakActivationBytes;
        }
        catch (OverflowException)
        {
            bytes = long.MaxValue;
        }

        Check(inputs, bytes, maxBytes);
        foreach (GraphNode node in graph.Nodes)
        {
            TensorShape shape = shapes[node.Output];
            if (shape.Rank == 4 && (long)shape.Height * shape.Width > int.MaxValue / 64)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Node '{node.Name}' would make a map of {shape.Height} x {shape.Width} pixels; at most {int.MaxValue / 64:N0} are supported. Use a smaller image."));
            }
        }
    }

    internal static void CheckPlan(Plan plan, long maxBytes) =>
        Check(plan.InputShapes, plan.WorkingFloats * sizeof(float), maxBytes);

    private static void Check(IEnumerable<TensorShape> inputs, long bytes, long maxBytes)
    {
        if (bytes > maxBytes)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"An input of {string.Join(", ", inputs)} needs {bytes:N0} bytes of activation memory; the limit is {maxBytes:N0} ")
                + $"({nameof(CpuOptions)}.{nameof(CpuOptions.MaxActivationBytes)}). Use a smaller image or batch, or raise the limit.");
        }
    }
}
