using DeepVision.Graphs.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>
/// Runs a block's plan. Every tensor made on the way is let go after its last reader (autograd keeps what it needs by itself),
/// and all of them where a call fails.
/// </summary>
internal static class BlockExecution
{
    /// <summary>Runs the calls.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="children">The container's children as they are now.</param>
    /// <param name="inputs">The block's inputs; they stay the caller's.</param>
    /// <returns>The block's outputs; null for what a replaced module does not give any more.</returns>
    internal static Tensor?[] Run(BlockPlan plan, ChildModules children, params ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != plan.InputCount)
        {
            throw new ArgumentException($"Module '{plan.Path}' takes {plan.InputCount} tensors; found {inputs.Length}.", nameof(inputs));
        }

        var slots = new Tensor?[plan.SlotCount];
        inputs.CopyTo(slots!);
        try
        {
            foreach (BlockStep step in plan.Steps)
            {
                Run(step, plan, children, slots);
                foreach (int slot in step.Released)
                {
                    Release(slots, slot);
                }
            }
        }
        catch
        {
            for (int slot = plan.InputCount; slot < slots.Length; slot++)
            {
                Release(slots, slot);
            }

            throw;
        }

        return Array.ConvertAll(plan.Outputs, slot => slot == BlockPlan.NotGiven ? null : slots[slot]);
    }

    private static void Run(BlockStep step, BlockPlan plan, ChildModules children, Tensor?[] slots)
    {
        if (Array.Exists(step.Inputs, slot => slots[slot] is null))
        {
            // What needs an output that a replaced module does not give is left out as well.
            return;
        }

        Tensor[] inputs = Array.ConvertAll(step.Inputs, slot => slots[slot]!);
        if (step.Child.Length == 0)
        {
            if (step.Parameter is not null)
            {
                slots[step.Outputs[0]] = ParameterOperations.Run(step.Node!, inputs, children.FindParameter(step.Parameter, plan.Path));
                return;
            }

            // What was planned as a layer's own result can be another value, passed on by what has replaced the layer.
            bool isInPlace = step.IsInPlace && step.Inputs[0] >= plan.InputCount && !IsHeld(slots, slots[step.Inputs[0]], except: step.Inputs[0]);
            slots[step.Outputs[0]] = FunctionalOperations.Run(step.Node!, inputs, isInPlace);
            return;
        }

        nn.Module child = children.Find(step.Child, plan.Path);
        switch (child)
        {
            case nn.Module<Tensor, Tensor> single when inputs.Length == 1 || step.Node?.Operation is Convolution:
                Tensor result = FeaturesLast.Call(step.Node, single, inputs[0]);
                slots[step.Outputs[^1]] = FunctionalOperations.HasFinish(step.Node)
                    ? FunctionalOperations.Finish(step.Node!, IsHeld(slots, result) ? result.clone() : result, inputs)
                    : result;
                break;
            case nn.Module<Tensor, Tensor[]> several when inputs.Length == 1:
                Store(step, plan, several.call(inputs[0]), slots);
                break;
            case nn.Module<Tensor[], Tensor> joined:
                slots[step.Outputs[^1]] = joined.call(inputs);
                break;
            case nn.Module<Tensor[], Tensor[]> bundle:
                Store(step, plan, bundle.call(inputs), slots);
                break;
            default:
                throw new InvalidOperationException(
                    $"Module '{ChildModules.Join(plan.Path, step.Child)}' is a {child.GetType().Name}, which takes other inputs; expected an "
                    + $"nn.Module from {(step.Inputs.Length == 1 ? "Tensor" : $"Tensor[] ({step.Inputs.Length} of them)")} to "
                    + $"{(step.Outputs.Length == 1 ? "Tensor" : $"Tensor[] ({step.Outputs.Length} of them)")}.");
        }
    }

    private static void Store(BlockStep step, BlockPlan plan, Tensor[] results, Tensor?[] slots)
    {
        int expected = step.Picks is null ? step.Outputs.Length : step.Picks[^1] + 1;
        if (results.Length < expected || (step.Picks is null && results.Length != expected))
        {
            Array.ForEach(results, result => DisposeUnlessHeld(slots, result));
            throw new InvalidOperationException(
                $"Module '{ChildModules.Join(plan.Path, step.Child)}' gave {results.Length} tensors; expected {expected}.");
        }

        for (int i = 0; i < step.Outputs.Length; i++)
        {
            slots[step.Outputs[i]] = results[step.Picks?[i] ?? i];
        }

        for (int i = 0; step.Picks is not null && i < results.Length; i++)
        {
            if (Array.IndexOf(step.Picks, i) < 0)
            {
                DisposeUnlessHeld(slots, results[i]);
            }
        }
    }

    private static void Release(Tensor?[] slots, int slot)
    {
        Tensor? tensor = slots[slot];
        slots[slot] = null;
        DisposeUnlessHeld(slots, tensor);
    }

    // A module may give its input again, or one tensor twice: the last holder lets it go, and never an input of the block.
    private static void DisposeUnlessHeld(Tensor?[] slots, Tensor? tensor)
    {
        if (!IsHeld(slots, tensor))
        {
            tensor?.Dispose();
        }
    }

    // By reference: Equals compares the values of tensors.
    private static bool IsHeld(Tensor?[] slots, Tensor? tensor, int except = -1)
    {
        for (int slot = 0; slot < slots.Length; slot++)
        {
            if (slot != except && ReferenceEquals(slots[slot], tensor))
            {
                return true;
            }
        }

        return false;
    }
}
