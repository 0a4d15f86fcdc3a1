using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DeepVision.Cpu.Memory;
using DeepVision.Cpu.Threading;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// The changing part of one run of a plan: buffer addresses, and for each step how many items are taken and how many done.
/// Every thread walks the steps, takes items while there are any, and goes on when all items of the step are done; so a
/// thread that comes late, or is held up between two items, holds up nobody. Used by one run at a time, then again.
/// </summary>
internal sealed unsafe class PlanRun : IParallelProgram
{
    // Two counters for each step, a cache line apart.
    private const int CounterInts = AlignedMemory.Alignment / sizeof(int);

    private readonly Plan _plan;
    private readonly AlignedMemory _slots;
    private readonly AlignedMemory _counters;
    private readonly MemoryHandle[] _pins;
    private float* _scratch;
    private Exception? _error;

    internal PlanRun(Plan plan)
    {
        _plan = plan;
        int slots = plan.ExternalSlots + plan.BufferOffsets.Length;
        _slots = new AlignedMemory(slots * (sizeof(float*) / sizeof(float)));
        _counters = new AlignedMemory(2L * plan.Steps.Length * CounterInts);
        _pins = new MemoryHandle[plan.ExternalSlots];
    }

    private float** Slots => (float**)_slots.Pointer;

    /// <summary>Runs the plan. Inputs and outputs have the plan's shapes.</summary>
    /// <param name="inputs">The graph's inputs.</param>
    /// <param name="outputs">The graph's outputs.</param>
    /// <param name="arena">At least the plan's working memory.</param>
    /// <param name="seconds">Null, or receives each step's time; the run stays on the calling thread then.</param>
    internal void Execute(
        ReadOnlySpan<HostTensor> inputs, ReadOnlySpan<HostTensor> outputs, AlignedMemory arena, double[]? seconds = null)
    {
        float** slots = Slots;
        try
        {
            for (int i = 0; i < _pins.Length; i++)
            {
                HostTensor tensor = i < inputs.Length ? inputs[i] : outputs[i - inputs.Length];
                _pins[i] = tensor.Memory.Pin();
                slots[i] = (float*)_pins[i].Pointer;
            }

            for (int i = 0; i < _plan.BufferOffsets.Length; i++)
            {
                slots[_pins.Length + i] = arena.Pointer + _plan.BufferOffsets[i];
            }

            _scratch = arena.Pointer + _plan.ArenaFloats;
            if (seconds != null)
            {
                RunTimed(seconds);
            }
            else
            {
                _counters.Span.Clear();
                ThreadTeam.Shared.Run(this, _plan.Threads);
            }

            GC.KeepAlive(arena);
        }
        finally
        {
            foreach (ref MemoryHandle pin in _pins.AsSpan())
            {
                pin.Dispose();
            }
        }

        if (Interlocked.Exchange(ref _error, null) is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private void RunTimed(double[] seconds)
    {
        for (int i = 0; i < seconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Step step = _plan.Steps[i];
            for (int item = 0; item < step.Items; item++)
            {
                step.Run(Slots, _scratch, item);
            }

            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IParallelProgram.Work(int worker)
    {
        float** slots = Slots;
        float* scratch = _scratch + (worker * _plan.ScratchFloats);
        int* counters = (int*)_counters.Pointer;
        try
        {
            foreach (Step step in _plan.Steps)
            {
                ref int taken = ref counters[0];
                ref int done = ref counters[CounterInts];
                int items = step.Items;
                for (int item = Interlocked.Increment(ref taken) - 1; item < items; item = Interlocked.Increment(ref taken) - 1)
                {
                    step.Run(slots, scratch, item);
                    Interlocked.Increment(ref done);
                }

                var backoff = default(Backoff);
                while (Volatile.Read(ref done) < items)
                {
                    if (Volatile.Read(ref _error) != null)
                    {
                        return;
                    }

                    backoff.Wait();
                }

                counters += 2 * CounterInts;
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _error, exception, null);
        }
    }
}
