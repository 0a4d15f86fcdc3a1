using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>The plans used last, by input shapes. Finding one allocates nothing. Thread-safe.</summary>
internal sealed class PlanCache
{
    private readonly Lock _gate = new();
    private readonly Lock _building = new();
    private readonly List<Plan> _latestFirst = [];

    internal PlanCache(int capacity) => Capacity = capacity;

    /// <summary>How many plans it holds at most.</summary>
    internal int Capacity { get; }

    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _latestFirst.Count;
            }
        }
    }

    /// <summary>The plan for these shapes, or null.</summary>
    internal Plan? Find(ReadOnlySpan<TensorShape> shapes)
    {
        lock (_gate)
        {
            for (int i = 0; i < _latestFirst.Count; i++)
            {
                Plan plan = _latestFirst[i];
                if (Matches(plan, shapes))
                {
                    if (i > 0)
                    {
                        _latestFirst.RemoveAt(i);
                        _latestFirst.Insert(0, plan);
                    }

                    return plan;
                }
            }

            return null;
        }
    }

    /// <summary>The plan for these shapes, built if it is not there; the one not used for longest makes room.</summary>
    internal Plan GetOrAdd(TensorShape[] shapes, Func<TensorShape[], Plan> build)
    {
        lock (_building)
        {
            if (Find(shapes) is { } found)
            {
                return found;
            }

            Plan plan = build(shapes);
            lock (_gate)
            {
                if (_latestFirst.Count == Capacity)
                {
                    _latestFirst.RemoveAt(Capacity - 1);
                }

                _latestFirst.Insert(0, plan);
            }

            return plan;
        }
    }

    private static bool Matches(Plan plan, ReadOnlySpan<TensorShape> shapes)
    {
        if (plan.InputShapes.Count != shapes.Length)
        {
            return false;
        }

        for (int i = 0; i < shapes.Length; i++)
        {
            if (plan.InputShapes[i] != shapes[i])
            {
                return false;
            }
        }

        return true;
    }
}
