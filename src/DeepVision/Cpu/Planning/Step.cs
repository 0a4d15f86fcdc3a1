namespace DeepVision.Cpu.Planning;

/// <summary>
/// One piece of work of a plan, cut into items that can run in any order and on any thread. Immutable and shared by all
/// runs of its plan; the buffers come with each run.
/// </summary>
internal abstract unsafe class Step
{
    protected Step(string name)
    {
        Name = name;
    }

    /// <summary>The graph nodes that it stands for, parted by commas.</summary>
    internal string Name { get; }

    /// <summary>The paths of those nodes; nodes that share their weights have one.</summary>
    internal IEnumerable<string> Paths => Name.Split(", ").Select(name => name.Split('@')[0]).Distinct();

    /// <summary>How many items it has, at least 1.</summary>
    internal abstract int Items { get; }

    /// <summary>Floats of scratch memory that one thread needs.</summary>
    internal virtual long ScratchFloats => 0;

    /// <summary>Multiply-adds for one run, 0 where they do not matter.</summary>
    internal virtual long MultiplyAdds => 0;

    /// <summary>Algorithm, blocking and shapes in one phrase.</summary>
    internal abstract string Describe();

    /// <summary>
    /// Does one item. Implementations are optimized at once (AggressiveOptimization): a network has few and long calls, so that
    /// unoptimized first-tier code would run for most of a short program.
    /// </summary>
    /// <param name="slots">The buffers of the run, by <see cref="TensorView.Slot"/>.</param>
    /// <param name="scratch">This thread's scratch memory, aligned to a cache line, with anything in it.</param>
    /// <param name="item">0 to <see cref="Items"/> - 1.</param>
    internal abstract void Run(float** slots, float* scratch, int item);
}
