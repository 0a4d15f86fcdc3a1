using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>Nodes that run together, as a layer of a detector's head on all levels of its pyramid: one step instead of one each.</summary>
internal sealed partial class PlanBuilder
{
    // While nodes are planned together: their steps, those that can run at the same time side by side.
    private List<List<Step>>? _together;
    private int _depth;

    private void AddNodes(IReadOnlyList<GraphNode> nodes)
    {
        if (nodes.Count == 1)
        {
            AddNode(nodes[0]);
        }
        else if (nodes[0].Operation is Convolution convolution && _algorithms[nodes[0]] != ConvolutionAlgorithm.Direct)
        {
            AddWinograd(nodes, convolution);
        }
        else
        {
            foreach (GraphValue input in nodes.SelectMany(node => node.Inputs))
            {
                Prepare(input);
            }

            AddTogether(NodeOrder.NameOf(nodes), nodes.Select<GraphNode, Action>(node => () => AddNode(node)));
        }
    }

    /// <summary>The outputs that some values are, in the caller's tensors as soon as the values are there.</summary>
    private void AddOutputs(IEnumerable<GraphValue> values)
    {
        GraphOutput[] outputs = [.. values.SelectMany(value => _graph.Outputs.Where(output => output.Value == value))];
        if (outputs.Length == 1)
        {
            AddOutput(outputs[0]);
        }
        else if (outputs.Length > 1)
        {
            foreach (GraphOutput output in outputs)
            {
                Blocked(output.Value);
            }

            AddTogether(
                $"outputs {string.Join(", ", outputs.Select(output => output.Name))}",
                outputs.Select<GraphOutput, Action>(output => () => AddOutput(output)));
        }
    }

    private void AddOutput(GraphOutput output)
    {
        TensorView source = Blocked(output.Value);
        int slot = _graph.Inputs.Count + _graph.Outputs.TakeWhile(other => other != output).Count();
        TensorView target = CreateView(slot, _shapes[output.Value], block: 1);
        Emit(_kernels.ToPlanar($"output {output.Name}", source, target), target, source);
    }

    /// <summary>Makes what several nodes may read before any of them runs.</summary>
    private void Prepare(GraphValue value)
    {
        if (_left.TryGetValue(value, out GraphNode? expansion))
        {
            Prepare(expansion.Inputs[0]);
        }
        else
        {
            Blocked(value);
        }
    }

    private void AddTogether(string name, IEnumerable<Action> members)
    {
        var together = new List<List<Step>>();
        _together = together;
        foreach (Action add in members)
        {
            _depth = 0;
            add();
        }

        _together = null;
        _steps.AddRange(together.Select(steps => steps.Count == 1 ? steps[0] : new JoinedSteps(name, [.. steps])));
    }

    /// <summary>Adds a step to the plan, or to those that run together.</summary>
    /// <returns>Its place in the plan.</returns>
    private int Append(Step step)
    {
        if (_together == null)
        {
            _steps.Add(step);
            return _steps.Count - 1;
        }

        if (_together.Count == _depth)
        {
            _together.Add([]);
        }

        _together[_depth].Add(step);
        return _steps.Count + _depth++;
    }
}
