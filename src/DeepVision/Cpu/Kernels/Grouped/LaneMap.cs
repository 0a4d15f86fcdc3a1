using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepVision.Cpu.Kernels.Convolutions;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// Where the lanes of an output block find the input channels of their groups. The k-th channels of all groups of a block lie in one
/// or a few input blocks; two of those at most make a piece, whose lanes are brought to their places and the others made zero. The
/// pattern comes back after some output blocks; only the last block has one of its own, since it may have lanes without a channel.
/// </summary>
internal sealed unsafe class LaneMap
{
    private readonly LanePacking _packing;
    private readonly int _period;
    private readonly int _periodInBlocks;
    private readonly int _patterns;
    private readonly List<LanePiece> _pieces = [];
    private readonly int[] _controlInts;
    private readonly List<int[]> _controls = [];

    internal LaneMap(LanePacking packing)
    {
        _packing = packing;
        int block = packing.Block;
        int groups = LeastCommonMultiple(block / Divisor(block, packing.OutChannels), block / Divisor(block, packing.InChannels));
        _period = groups * packing.OutChannels / block;
        _periodInBlocks = groups * packing.InChannels / block;
        _patterns = Math.Min(_period, packing.OutBlocks - 1);
        First = new int[((_patterns + 1) * packing.InChannels) + 1];
        for (int pattern = 0; pattern <= _patterns; pattern++)
        {
            int outBlock = pattern == _patterns ? packing.OutBlocks - 1 : pattern;
            for (int k = 0; k < packing.InChannels; k++)
            {
                AddPieces(outBlock, k);
                First[(pattern * packing.InChannels) + k + 1] = _pieces.Count;
            }
        }

        // Never moved, so that kernels can read it by address.
        _controlInts = GC.AllocateUninitializedArray<int>(_controls.Count * 2 * block, pinned: true);
        for (int i = 0; i < _controls.Count; i++)
        {
            _controls[i].CopyTo(_controlInts, i * 2 * block);
        }

        Pieces = [.. _pieces];
    }

    /// <summary>For each pattern and channel of a group its first piece; its last is the one before the next channel's first.</summary>
    internal int[] First { get; }

    /// <summary>All pieces, those of a block and channel behind each other.</summary>
    internal LanePiece[] Pieces { get; }

    /// <summary>A vector with the source lane of each lane, then one with all bits set in lanes that have a source.</summary>
    internal float* Control(int index) =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_controlInts)) + (index * 2 * _packing.Block);

    /// <summary>Where <see cref="Pieces"/> are found for an output block: the index of channel 0 in <see cref="First"/>.</summary>
    /// <param name="outBlock">The output block.</param>
    /// <param name="firstInBlock">What the pieces' blocks are counted from.</param>
    internal int Find(int outBlock, out int firstInBlock)
    {
        bool isLast = outBlock == _packing.OutBlocks - 1;
        (int periods, int pattern) = Math.DivRem(outBlock, _period);
        firstInBlock = isLast ? 0 : periods * _periodInBlocks;
        return (isLast ? _patterns : pattern) * _packing.InChannels;
    }

    private void AddPieces(int outBlock, int k)
    {
        int block = _packing.Block;
        int end = Math.Min(block, (_packing.Groups * _packing.OutChannels) - (outBlock * block));
        int[] channels = [.. Enumerable.Range(outBlock * block, end).Select(channel => _packing.InputChannel(channel, k))];
        foreach (int[] inBlocks in channels.Select(channel => channel / block).Distinct().Chunk(2))
        {
            var control = new int[2 * block];
            for (int lane = 0; lane < end; lane++)
            {
                int which = Array.IndexOf(inBlocks, channels[lane] / block);
                if (which >= 0)
                {
                    control[lane] = (which * block) + (channels[lane] % block);
                    control[block + lane] = -1;
                }
            }

            int known = _controls.FindIndex(other => other.AsSpan().SequenceEqual(control));
            if (known < 0)
            {
                known = _controls.Count;
                _controls.Add(control);
            }

            _pieces.Add(new LanePiece(inBlocks[0], inBlocks[^1], known));
        }
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    private static int LeastCommonMultiple(int a, int b) => a / Divisor(a, b) * b;
}

/// <summary>Lanes that come from one or two input blocks.</summary>
/// <param name="InBlock">The input block.</param>
/// <param name="SecondInBlock">The other one, or the same.</param>
/// <param name="Control">Which of the map's controls brings them to their places.</param>
internal readonly record struct LanePiece(int InBlock, int SecondInBlock, int Control)
{
    internal bool ReadsSameAs(LanePiece other) => InBlock == other.InBlock && SecondInBlock == other.SecondInBlock;
}
