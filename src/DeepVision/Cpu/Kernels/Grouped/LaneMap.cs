using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepVision.Cpu.Kernels.Convolutions;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// Where the lanes of an output block find the input channels of their groups. The k-th channels of all groups of a block lie in one
/// or a few input blocks; each of those is a piece, whose lanes are brought to their places and the others made zero. The pattern comes
/// back after some output blocks; only the last block has one of its own, since it may have lanes without a channel.
/// </summary>
internal sealed unsafe class LaneMap
{
    private readonly LanePacking _packing;
    private readonly int _period;
    private readonly int _periodInBlocks;
    private readonly int _patterns;
    private readonly List<LanePiece> _pieces = [];
    private readonly int[] _first;
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
        _first = new int[((_patterns + 1) * packing.InChannels) + 1];
        for (int pattern = 0; pattern <= _patterns; pattern++)
        {
            int outBlock = pattern == _patterns ? packing.OutBlocks - 1 : pattern;
            for (int k = 0; k < packing.InChannels; k++)
            {
                AddPieces(outBlock, k);
                _first[(pattern * packing.InChannels) + k + 1] = _pieces.Count;
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

    /// <summary>All pieces, those of a block and channel behind each other.</summary>
    internal LanePiece[] Pieces { get; }

    /// <summary>A vector with the source lane of each lane, then one with all bits set in lanes that have a source.</summary>
    internal float* Control(int index) =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_controlInts)) + (index * 2 * _packing.Block);

    /// <summary>The pieces of the k-th channels of an output block's groups.</summary>
    /// <param name="outBlock">The output block.</param>
    /// <param name="k">Counted within a group.</param>
    /// <param name="end">The piece behind the last.</param>
    /// <param name="firstInBlock">What the pieces' blocks are counted from.</param>
    /// <returns>The first piece.</returns>
    internal int Find(int outBlock, int k, out int end, out int firstInBlock)
    {
        bool isLast = outBlock == _packing.OutBlocks - 1;
        (int periods, int pattern) = Math.DivRem(outBlock, _period);
        int index = ((isLast ? _patterns : pattern) * _packing.InChannels) + k;
        firstInBlock = isLast ? 0 : periods * _periodInBlocks;
        end = _first[index + 1];
        return _first[index];
    }

    private void AddPieces(int outBlock, int k)
    {
        int block = _packing.Block;
        var control = new int[2 * block];
        int channels = _packing.Groups * _packing.OutChannels;
        int end = Math.Min(block, channels - (outBlock * block));
        int InBlock(int lane) => _packing.InputChannel((outBlock * block) + lane, k) / block;
        for (int lane = 0; lane < end;)
        {
            int inBlock = InBlock(lane);
            Array.Clear(control);
            for (; lane < end && InBlock(lane) == inBlock; lane++)
            {
                control[lane] = _packing.InputChannel((outBlock * block) + lane, k) % block;
                control[block + lane] = -1;
            }

            int known = _controls.FindIndex(other => other.AsSpan().SequenceEqual(control));
            if (known < 0)
            {
                known = _controls.Count;
                _controls.Add([.. control]);
            }

            _pieces.Add(new LanePiece(inBlock, known));
        }
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    private static int LeastCommonMultiple(int a, int b) => a / Divisor(a, b) * b;
}

/// <summary>Lanes that come from one input block.</summary>
/// <param name="InBlock">The input block.</param>
/// <param name="Control">Which of the map's controls brings them to their places.</param>
internal readonly record struct LanePiece(int InBlock, int Control);
