using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>
/// Each channel of the output from any channel of any input, or zero: concatenation, slices, shuffles, padding of channels,
/// and any chain of them at once. An item is a run of pixels of one output block, so that lanes beyond the last channel become
/// zero too. Blocks that are blocks of an input are copied whole.
/// </summary>
internal sealed unsafe class GatherChannels : Step
{
    private const int TilePixels = 64;
    private const int MaxLanes = 16;
    private readonly TensorView[] _inputs;
    private readonly ChannelSource[] _sources;
    private readonly bool[] _isWhole;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="inputs">The maps, of the output's batch, height and width.</param>
    /// <param name="sources">For each channel of the output where it comes from.</param>
    /// <param name="output">Receives every channel.</param>
    internal GatherChannels(string name, TensorView[] inputs, ChannelSource[] sources, in TensorView output)
        : base(name)
    {
        Debug.Assert(sources.Length == output.Channels && output.Block <= MaxLanes, "A source for each channel.");
        _inputs = inputs;
        _sources = sources;
        _output = output;
        _runs = new PixelRuns(output);
        _isWhole = new bool[output.Blocks];
        for (int block = 0; block < _isWhole.Length; block++)
        {
            _isWhole[block] = IsWholeBlock(block * output.Block);
        }
    }

    internal override int Items => _runs.Count;

    internal override string Describe() =>
        $"gather channels, {_isWhole.Count(whole => whole)} of {_isWhole.Length} blocks whole, {string.Join(", ", _inputs)} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        int width = _output.Block;
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride) + ((nint)first * width);
        if (_isWhole[block])
        {
            float* source = Source(slots, block * width, image, first);
            long bytes = (long)count * width * sizeof(float);
            Buffer.MemoryCopy(source, output, bytes, bytes);
            return;
        }

        float** lanes = stackalloc float*[MaxLanes];
        for (int lane = 0; lane < width; lane++)
        {
            lanes[lane] = Source(slots, (block * width) + lane, image, first);
        }

        // A tile of pixels stays in the first-level cache while its lanes are filled one after the other.
        for (int start = 0; start < count; start += TilePixels)
        {
            int end = Math.Min(start + TilePixels, count);
            for (int lane = 0; lane < width; lane++)
            {
                CopyLane(lanes[lane], output + lane, start, end, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLane(float* source, float* target, nint start, nint end, nint width)
    {
        if (source == null)
        {
            for (nint p = start * width; p < end * width; p += width)
            {
                target[p] = 0;
            }
        }
        else
        {
            for (nint p = start * width; p < end * width; p += width)
            {
                target[p] = source[p];
            }
        }
    }

    /// <summary>The first value of an output channel's source, or null for zeros.</summary>
    private float* Source(float** slots, int channel, int image, int firstPixel)
    {
        if (channel >= _sources.Length || _sources[channel].Input < 0)
        {
            return null;
        }

        ref readonly TensorView input = ref _inputs[_sources[channel].Input];
        (int block, int lane) = Math.DivRem(_sources[channel].Channel, input.Block);
        return input.Resolve(slots) + (image * input.ImageStride) + (block * input.PlaneStride) + ((nint)firstPixel * input.Block) + lane;
    }

    /// <summary>Whether an output block is a block of an input, lane by lane; what lies beyond the output's last channel is zero there.</summary>
    private bool IsWholeBlock(int firstChannel)
    {
        ChannelSource first = _sources[firstChannel];
        if (first.Input < 0 || first.Channel % _output.Block != 0)
        {
            return false;
        }

        int lanes = Math.Min(_output.Block, _sources.Length - firstChannel);
        for (int lane = 1; lane < lanes; lane++)
        {
            if (_sources[firstChannel + lane] != first with { Channel = first.Channel + lane })
            {
                return false;
            }
        }

        return lanes == _output.Block || first.Channel + lanes == _inputs[first.Input].Channels;
    }
}
