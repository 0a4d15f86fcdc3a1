using System.Runtime.CompilerServices;

namespace DeepVision.Cpu.Planning;

/// <summary>Steps that do not depend on each other as one, so that no thread waits between them: their items one after the other.</summary>
internal sealed unsafe class JoinedSteps : Step
{
    private readonly Step[] _parts;
    private readonly int[] _ends;

    internal JoinedSteps(string name, Step[] parts)
        : base(name)
    {
        _parts = parts;
        _ends = new int[parts.Length];
        int end = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            end += parts[i].Items;
            _ends[i] = end;
        }
    }

    internal override int Items => _ends[^1];

    internal override long ScratchFloats => _parts.Max(part => part.ScratchFloats);

    internal override long MultiplyAdds => _parts.Sum(part => part.MultiplyAdds);

    internal override string Describe() => string.Join(" | ", _parts.Select(part => part.Describe()));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        int part = 0;
        while (item >= _ends[part])
        {
            part++;
        }

        _parts[part].Run(slots, scratch, part == 0 ? item : item - _ends[part - 1]);
    }
}
