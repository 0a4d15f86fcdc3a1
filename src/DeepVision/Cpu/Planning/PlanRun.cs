using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DeepVision.Cpu.Memory;
using DeepVision.Tensors;
using DeepVision.Threading;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// The changing part of one run of a plan: buffer addresses, and for each step how many items are taken and how many done.
/// The items of a step are cut into shares, one for each thread, so that in step after step a thread works on the same part of
/// the maps, which then lies in its own cache. Every thread walks the steps, takes items of its own share and then of the
/// others', and goes on when all items of the step are done; so a thread that comes late, or is held up between two items,
/// holds up nobody. Used by one run at a time, then again.
/// </summary>
internal sealed unsafe class PlanRun : IParallelProgram
{
    // Counters lie a cache line apart.
    private const int CounterInts = AlignedMemory.Alignment / sizeof(int);
    private const int MaxShares = 64;

    private readonly Plan _plan;
    private readonly AlignedMemory _slots;
    private readonly AlignedMemory _counters;
    private readonly MemoryHandle[] _pins;
    private readonly int _shares;
    private float* _scratch;
    private long[]? _ends;
    private Exception? _error;

    internal PlanRun(Plan plan)
    {
        _plan = plan;
        int slots = plan.ExternalSlots + plan.BufferOffsets.Length;
        _slots = new AlignedMemory(slots * (sizeof(float*) / sizeof(float)));
        _shares = Math.Min(plan.Threads, MaxShares);
        _counters = new AlignedMemory((_shares + 1L) * plan.Steps.Length * CounterInts);
        _pins = new MemoryHandle[plan.ExternalSlots];
    }

    private float** Slots => (float**)_slots.Pointer;

    /// <summary>Runs the plan. Inputs and outputs have the plan's shapes.</summary>
    /// <param name="inputs">The graph's inputs.</param>
    /// <param name="outputs">The graph's outputs.</param>
    /// <param name="arena">At least the plan's working memory.</param>
    /// <param name="seconds">Null, or receives each step's time: from the end of the step before to that of its last item.</param>
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
            _counters.Span.Clear();
            _ends = seconds is null ? null : new long[seconds.Length];
            long start = seconds is null ? 0 : Stopwatch.GetTimestamp();
            ThreadTeam.Shared.Run(this, _plan.Threads);
            for (int i = 0; i < seconds?.Length; i++)
            {
                seconds[i] = Stopwatch.GetElapsedTime(i == 0 ? start : _ends![i - 1], _ends![i]).TotalSeconds;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IParallelProgram.Work(int worker)
    {
        float** slots = Slots;
        float* scratch = _scratch + (worker * _plan.ScratchFloats);
        int* counters = (int*)_counters.Pointer;
        Step[] steps = _plan.Steps;
        try
        {
            for (int index = 0; index < steps.Length; index++)
            {
                Step step = steps[index];
                ref int done = ref counters[_shares * CounterInts];
                int items = step.Items;
                for (int i = 0; i < _shares; i++)
                {
                    int share = (worker + i) % _shares;
                    int first = (int)((long)items * share / _shares);
                    int count = (int)((long)items * (share + 1) / _shares) - first;
                    ref int taken = ref counters[share * CounterInts];
                    if (Volatile.Read(ref taken) >= count)
                    {
                        continue;
                    }

                    int finished = 0;
                    for (int item = Interlocked.Increment(ref taken) - 1; item < count; item = Interlocked.Increment(ref taken) - 1)
                    {
                        step.Run(slots, scratch, first + item);
                        finished++;
                    }

                    // Before others may go on to the next step: taken behind it, the end could come after that of the next one. A thread that
                    // comes late and does nothing measures nothing.
                    if (finished > 0 && _ends is { } ends)
                    {
                        RaiseTo(ref ends[index], Stopwatch.GetTimestamp());
                    }

                    Interlocked.Add(ref done, finished);
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

                counters += (_shares + 1) * CounterInts;
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _error, exception, null);
        }
    }

    private static void RaiseTo(ref long value, long atLeast)
    {
        long known = Volatile.Read(ref value);
        while (known < atLeast)
        {
            long before = Interlocked.CompareExchange(ref value, atLeast, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }
}
