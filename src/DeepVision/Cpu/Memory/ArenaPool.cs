namespace DeepVision.Cpu.Memory;

/// <summary>
/// The working memory of a compiled graph's runs. An arena serves runs of every shape that fits; there are never more than
/// there were concurrent runs. Renting one that is there allocates nothing. Thread-safe.
/// </summary>
internal sealed class ArenaPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<AlignedMemory> _free = new(8);

    /// <summary>An arena of at least so many floats, its content undefined.</summary>
    internal AlignedMemory Rent(long floats)
    {
        AlignedMemory? tooSmall = null;
        lock (_gate)
        {
            int best = -1;
            for (int i = 0; i < _free.Count; i++)
            {
                if (_free[i].Length >= floats && (best < 0 || _free[i].Length < _free[best].Length))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                AlignedMemory arena = _free[best];
                _free.RemoveAt(best);
                return arena;
            }

            if (_free.Count > 0)
            {
                tooSmall = _free[^1];
                _free.RemoveAt(_free.Count - 1);
            }
        }

        // A larger one takes the place of one that is too small, which goes first so that both never exist together.
        tooSmall?.Dispose();
        return new AlignedMemory(floats);
    }

    internal void Return(AlignedMemory arena)
    {
        lock (_gate)
        {
            _free.Add(arena);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (AlignedMemory arena in _free)
            {
                arena.Dispose();
            }

            _free.Clear();
        }
    }
}
