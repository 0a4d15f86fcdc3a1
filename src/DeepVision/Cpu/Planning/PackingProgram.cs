using System.Runtime.ExceptionServices;
using DeepVision.Cpu.Memory;
using DeepVision.Graphs;
using DeepVision.Threading;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// Fills packs on several threads: an item is a run of parts of one layer whose rows fit a small buffer, of which each thread
/// has one. Layers whose values come in one piece only are packed before, one after the other. What is written depends on
/// nothing but the layer, and an error is that of the first item that has one.
/// </summary>
internal sealed unsafe class PackingProgram : IParallelProgram
{
    // 512 KiB: stays in a second-level cache between reading and packing.
    private const long SliceFloats = 128 << 10;

    private readonly IParameterValues _values;
    private readonly List<Item> _items = [];
    private readonly List<PendingPack> _whole = [];
    private readonly Lock _gate = new();
    private long _bufferFloats;
    private int _next;
    private int _failedItem = int.MaxValue;
    private Exception? _failure;

    internal PackingProgram(IParameterValues values, IReadOnlyList<PendingPack> packs)
    {
        _values = values;
        var sliced = values as ISlicedValues;
        foreach (PendingPack pack in packs)
        {
            if (sliced != null && sliced.CanSlice(pack.Weight))
            {
                AddItems(pack);
            }
            else
            {
                _whole.Add(pack);
            }
        }
    }

    /// <summary>Packs everything.</summary>
    /// <param name="threads">Threads to use at most.</param>
    internal void Run(int threads)
    {
        PackWhole();
        ThreadTeam.Shared.Run(this, Math.Min(threads, Math.Max(1, _items.Count)));
        if (_failure != null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    public void Work(int worker)
    {
        AlignedMemory? buffer = null;
        while (Volatile.Read(ref _failedItem) == int.MaxValue)
        {
            int index = Interlocked.Increment(ref _next) - 1;
            if (index >= _items.Count)
            {
                break;
            }

            try
            {
                buffer ??= new AlignedMemory(_bufferFloats, cleared: false);
                Pack(_items[index], buffer);
            }
            catch (Exception exception)
            {
                Fail(index, exception);
            }
        }

        buffer?.Dispose();
    }

    private static long RowsOf(IWeightPacking packing, int first, int end) => packing.FirstRow(end) - packing.FirstRow(first);

    private void AddItems(PendingPack pack)
    {
        IWeightPacking packing = pack.Packing;
        for (int first = 0, end; first < packing.Parts; first = end)
        {
            end = first + 1;
            while (end < packing.Parts && RowsOf(packing, first, end + 1) * packing.RowFloats <= SliceFloats)
            {
                end++;
            }

            _bufferFloats = Math.Max(_bufferFloats, RowsOf(packing, first, end) * packing.RowFloats);
            _items.Add(new Item(pack, first, end));
        }
    }

    private void Pack(in Item item, AlignedMemory buffer)
    {
        IWeightPacking packing = item.Pack.Packing;
        long rows = RowsOf(packing, item.FirstPart, item.EndPart);
        ((ISlicedValues)_values).ReadSlice(
            item.Pack.Weight,
            (long)packing.FirstRow(item.FirstPart) * packing.RowFloats,
            buffer.Span[..checked((int)(rows * packing.RowFloats))]);
        PackParts(item.Pack, item.FirstPart, item.EndPart, buffer.Pointer);
        if (item.FirstPart == 0)
        {
            PackBias(item.Pack);
        }
    }

    private void PackWhole()
    {
        AlignedMemory? buffer = null;
        try
        {
            foreach (PendingPack pack in _whole)
            {
                int length = checked((int)pack.Weight.Shape.ElementCount);
                if (buffer == null || buffer.Length < length)
                {
                    buffer?.Dispose();
                    buffer = new AlignedMemory(length, cleared: false);
                }

                _values.Read(pack.Weight, buffer.Span[..length]);
                PackParts(pack, 0, pack.Packing.Parts, buffer.Pointer);
                PackBias(pack);
            }
        }
        finally
        {
            buffer?.Dispose();
        }
    }

    private static void PackParts(PendingPack pack, int first, int end, float* rows)
    {
        IWeightPacking packing = pack.Packing;
        for (int part = first; part < end; part++)
        {
            packing.PackPart(part, rows + (RowsOf(packing, first, part) * packing.RowFloats), pack.Target.Weights);
        }
    }

    private void PackBias(PendingPack pack)
    {
        if (pack.Bias is { } bias)
        {
            var values = new float[bias.Shape.ElementCount];
            _values.Read(bias, values);
            pack.Packing.PackBias(values, pack.Target.BiasOf(pack.Packing));
        }
    }

    private void Fail(int item, Exception exception)
    {
        lock (_gate)
        {
            if (item < _failedItem)
            {
                _failure = exception;
                Volatile.Write(ref _failedItem, item);
            }
        }
    }

    private readonly record struct Item(PendingPack Pack, int FirstPart, int EndPart);
}
