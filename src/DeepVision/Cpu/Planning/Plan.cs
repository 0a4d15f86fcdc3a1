using System.Globalization;
using System.Text;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// A graph prepared for one instruction set and input shape: steps in order, and where their buffers lie. Slots count graph
/// inputs first, then graph outputs, which the caller owns, then the buffers of the arena. Immutable.
/// </summary>
internal sealed class Plan
{
    private readonly Lock _gate = new();
    private readonly Stack<PlanRun> _free = new();

    internal required IReadOnlyList<TensorShape> InputShapes { get; init; }

    internal required IReadOnlyList<TensorShape> OutputShapes { get; init; }

    internal required Step[] Steps { get; init; }

    /// <summary>Offsets in the arena, in floats, of the slots behind inputs and outputs.</summary>
    internal required long[] BufferOffsets { get; init; }

    /// <summary>Floats that the activations of a run take.</summary>
    internal required long ArenaFloats { get; init; }

    /// <summary>Floats of scratch for each thread.</summary>
    internal required long ScratchFloats { get; init; }

    internal required int Threads { get; init; }

    /// <summary>What algorithms were chosen for, in a line; empty where nothing was to choose.</summary>
    internal string AlgorithmReason { get; init; } = "";

    internal int ExternalSlots => InputShapes.Count + OutputShapes.Count;

    /// <summary>Floats that one run needs in all.</summary>
    internal long WorkingFloats => ArenaFloats + (Threads * ScratchFloats);

    /// <summary>The state of one run; give it back with <see cref="Return"/>.</summary>
    internal PlanRun Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out PlanRun? run))
            {
                return run;
            }
        }

        return new PlanRun(this);
    }

    internal void Return(PlanRun run)
    {
        lock (_gate)
        {
            _free.Push(run);
        }
    }

    /// <summary>
    /// A line with the shapes, the memory and what algorithms were chosen for, then a line for each step: number, node, algorithm with
    /// blocking and shapes, items, millions of multiply-adds.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", InputShapes)}: {Steps.Length} steps, ")
            .Append(CultureInfo.InvariantCulture, $"{ArenaFloats * sizeof(float):N0} bytes of activations, ")
            .Append(CultureInfo.InvariantCulture, $"{Threads} x {ScratchFloats * sizeof(float):N0} bytes of scratch")
            .Append(AlgorithmReason.Length == 0 ? "" : "; ").Append(AlgorithmReason).Append('\n');
        for (int i = 0; i < Steps.Length; i++)
        {
            Step step = Steps[i];
            text.Append(CultureInfo.InvariantCulture, $"{i,4} {step.Name}: {step.Describe()}; {step.Items} items");
            if (step.MultiplyAdds > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $", {step.MultiplyAdds / 1e6:F1} M multiply-adds");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
