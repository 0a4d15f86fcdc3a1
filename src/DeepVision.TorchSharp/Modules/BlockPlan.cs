namespace DeepVision.Torch.Modules;

/// <summary>
/// What a container's forward does: calls in order, over numbered slots. The first slots are its inputs. It names children and
/// holds none of them, so that a child can be replaced.
/// </summary>
/// <param name="Path">The container's path; empty for the whole model.</param>
/// <param name="InputCount">How many tensors it takes.</param>
/// <param name="SlotCount">How many slots there are.</param>
/// <param name="Steps">The calls.</param>
/// <param name="Outputs">The slots that it gives.</param>
internal sealed record BlockPlan(string Path, int InputCount, int SlotCount, IReadOnlyList<BlockStep> Steps, int[] Outputs)
{
    /// <summary>Stands in <see cref="Outputs"/> for one that is left out.</summary>
    internal const int NotGiven = -1;

    /// <summary>The calls that some of the outputs need; the others are not given.</summary>
    /// <param name="wanted">The indices of these outputs.</param>
    internal BlockPlan Keep(IReadOnlySet<int> wanted)
    {
        HashSet<int> given = [.. wanted.Select(index => Outputs[index])];
        HashSet<int> needed = [.. given];
        HashSet<int> touched = [.. given];
        var steps = new List<BlockStep>();
        foreach (BlockStep step in Steps.Reverse())
        {
            if (!step.Outputs.Any(needed.Contains))
            {
                continue;
            }

            // What no later call touches any more is let go here; the first slots are the caller's.
            needed.UnionWith(step.Inputs);
            int[] last = [.. step.Inputs.Concat(step.Outputs).Where(slot => touched.Add(slot) && slot >= InputCount)];
            steps.Add(step with { Released = last });
        }

        steps.Reverse();
        return this with { Steps = steps, Outputs = [.. Outputs.Select(slot => given.Contains(slot) ? slot : NotGiven)] };
    }

    /// <summary>The same text for plans that differ in nothing but the use they stand for.</summary>
    internal string Signature()
    {
        IEnumerable<string> steps = Steps.Select(step =>
            $"{string.Join('.', step.Child)} {(step.Child.Length > 0 ? "" : $"{step.Node!.Path} {step.Node.Operation}")} "
            + $"{string.Join(',', step.Inputs)} {string.Join(',', step.Outputs)} {step.IsInPlace}");
        return $"{InputCount}\n{string.Join('\n', steps)}\n{string.Join(',', Outputs)}";
    }
}
