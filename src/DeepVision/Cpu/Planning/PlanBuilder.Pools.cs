using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>Pools of two by two pixels that a Winograd layer does itself, while a tile of its output is in the first-level cache.</summary>
internal sealed partial class PlanBuilder
{
    // Pools that the layer in front of them has done.
    private readonly HashSet<GraphNode> _pooled = [];

    /// <summary>The pool of two by two pixels, none of them twice, that alone reads a convolution's output; null where there is none.</summary>
    private GraphNode? FindPool(GraphNode node, Convolution convolution)
    {
        if (convolution.AddsResidual || _placement.Find(node.Output) != null
            || _graph.Outputs.Any(output => output.Value == node.Output)
            || _readers[node.Output].ToArray() is not [{ Operation: MaxPool pool } reader]
            || pool.Kernel != 2 || pool.Stride != 2 || pool.Padding != Padding2D.None || pool.Dilation != 1)
        {
            return null;
        }

        // Rounded up, windows at the edges would be smaller.
        TensorShape full = _shapes[node.Output];
        TensorShape half = _shapes[reader.Output];
        return half.Height == full.Height / 2 && half.Width == full.Width / 2 ? reader : null;
    }

    private void AddPooled(GraphNode node, Convolution convolution, GraphNode pool)
    {
        TensorView x = Blocked(node.Inputs[0]);
        var map = new ConvolutionMap(x, Allocate(pool.Output), Residual: null, IsPooled: true);
        _pooled.Add(pool);
        AddWinograd($"{node.Name}, {pool.Name}", node, convolution, [map], [x]);
    }
}
