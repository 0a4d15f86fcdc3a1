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
    /// <summary>The same text for plans that differ in nothing but the use they stand for.</summary>
    internal string Signature()
    {
        IEnumerable<string> steps = Steps.Select(step =>
            $"{string.Join('.', step.Child)} {(step.Child.Length > 0 ? "" : $"{step.Node!.Path} {step.Node.Operation}")} "
            + $"{string.Join(',', step.Inputs)} {string.Join(',', step.Outputs)} {step.IsInPlace}");
        return $"{InputCount}\n{string.Join('\n', steps)}\n{string.Join(',', Outputs)}";
    }
}
