using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Graphs;

/// <summary>The rules that every graph keeps, before and after a pass.</summary>
internal static class GraphValidation
{
    internal static void Validate(ModelGraph graph)
    {
        var problems = new List<string>();
        var defined = new HashSet<GraphValue>();
        var ids = new HashSet<int>();
        var names = new HashSet<string>();
        foreach (GraphValue input in graph.Inputs)
        {
            Define(input, $"input '{input.Name}'");
        }

        foreach (GraphNode node in graph.Nodes)
        {
            if (!names.Add(node.Name))
            {
                problems.Add($"two nodes are named '{node.Name}'");
            }

            CheckNode(node);
            Define(node.Output, $"node '{node.Name}'");
        }

        CheckOutputs();
        CheckParameterNames();
        if (problems.Count > 0)
        {
            throw new ModelBuildException($"Graph '{graph.Name}' is not valid: {string.Join("; ", problems)}.") { Component = graph.Name };
        }

        void Define(GraphValue value, string by)
        {
            if (!defined.Add(value) || !ids.Add(value.Id))
            {
                problems.Add($"{by} makes a value that another node makes too");
            }
        }

        void CheckNode(GraphNode node)
        {
            foreach (GraphValue input in node.Inputs.Where(input => !defined.Contains(input)))
            {
                problems.Add($"node '{node.Name}' reads '{input.Name}' before it is made");
            }

            Operation operation = node.Operation;
            if (node.Inputs.Count < operation.MinInputs || node.Inputs.Count > operation.MaxInputs)
            {
                problems.Add($"node '{node.Name}' ({operation.Describe()}) reads {node.Inputs.Count} values; expected {operation.MinInputs}");
                return;
            }

            try
            {
                (int rank, int channels) = operation.InferChannels(node.Inputs);
                if (rank != node.Output.Rank || channels != node.Output.Channels)
                {
                    problems.Add(
                        $"node '{node.Name}' states an output of rank {node.Output.Rank} with {node.Output.Channels} channels; "
                        + $"its operation makes rank {rank} with {channels}");
                }

                CheckParameters(node, operation);
            }
            catch (ModelBuildException exception)
            {
                problems.Add($"node '{node.Name}' ({operation.Describe()}): {exception.Message}");
            }
        }

        void CheckParameters(GraphNode node, Operation operation)
        {
            ParameterDeclaration[] declared = [.. operation.DeclareParameters(node.Inputs)];
            if (declared.Length != node.Parameters.Count)
            {
                problems.Add($"node '{node.Name}' has {node.Parameters.Count} parameters; expected {declared.Length}");
                return;
            }

            for (int i = 0; i < declared.Length; i++)
            {
                Parameter parameter = node.Parameters[i];
                if (parameter.Role != declared[i].Role || parameter.Shape != declared[i].Shape)
                {
                    problems.Add(
                        $"node '{node.Name}' has parameter '{parameter.Name}' ({parameter.Role} {parameter.Shape}); "
                        + $"expected {declared[i].Role} {declared[i].Shape}");
                }
            }
        }

        void CheckOutputs()
        {
            if (graph.Outputs.Count == 0)
            {
                problems.Add("it has no output");
            }

            foreach (IGrouping<string, GraphOutput> twice in graph.Outputs.GroupBy(output => output.Name).Where(group => group.Count() > 1))
            {
                problems.Add($"two outputs are named '{twice.Key}'");
            }

            foreach (GraphOutput output in graph.Outputs.Where(output => !defined.Contains(output.Value)))
            {
                problems.Add($"output '{output.Name}' is made by no node");
            }
        }

        void CheckParameterNames()
        {
            foreach (IGrouping<string, Parameter> twice in graph.Parameters.GroupBy(p => p.Name).Where(group => group.Count() > 1))
            {
                problems.Add($"{twice.Count()} different parameters are named '{twice.Key}'");
            }
        }
    }
}
