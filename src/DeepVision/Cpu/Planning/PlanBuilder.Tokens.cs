using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// Operations on tokens. Tokens (N, C, T, 1) are a map one pixel wide, so that some of them side by side are a vector, or a map
/// of another width, where they lie.
/// </summary>
internal sealed partial class PlanBuilder
{
    private void AddTokens(GraphNode node)
    {
        PackedWeights learned = _tokens.Pack(node, _weights);
        AddOneToOne(node, (x, y) => node.Operation is MapToTokens
            ? _kernels.TokensFromMap(node.Name, learned, x, y)
            : _kernels.PositionSum(node.Name, learned, x, y));
    }

    private void AddTakeToken(GraphNode node, TakeToken take) =>
        AddView(node, Blocked(node.Inputs[0]).SlicePixels(take.Index, 1, 1));

    private void AddTokensToMap(GraphNode node)
    {
        const int ClassTokens = 1;
        TensorShape map = _shapes[node.Output];
        AddView(node, Blocked(node.Inputs[0]).SlicePixels(ClassTokens, map.Height, map.Width));
    }

    /// <summary>Lets a value be a part of another one, or copies that part where a concatenation gives the value a place.</summary>
    private void AddView(GraphNode node, TensorView view)
    {
        if (_placement.Find(node.Output) == null)
        {
            _blocked[node.Output.Id] = view;
            return;
        }

        TensorView y = Allocate(node.Output);
        Emit(_kernels.CopyChannels(node.Name, [view], [0], y), y, view);
    }
}
