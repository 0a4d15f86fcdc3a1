using DeepVision.Cpu.Kernels.Layouts;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// Operations that only move channels. A slice at whole blocks is a view; an aligned concatenation is written by those who make
/// its inputs. Everything else is a list of channels until somebody reads it, so that a chain of such operations (ShuffleNet's
/// concatenation, shuffle and two slices) becomes one gathering of the channels that are read.
/// </summary>
internal sealed partial class PlanBuilder
{
    private void AddSlice(GraphNode node, SliceChannels slice)
    {
        GraphValue input = node.Inputs[0];
        int channels = _shapes[input].Channels;
        bool endsWhole = slice.Count % _kernels.Block == 0 || slice.First + slice.Count == channels;
        bool isGathered = _blocked[input.Id] == null && _gathered[input.Id] != null;
        if (slice.First % _kernels.Block == 0 && endsWhole && !isGathered && _placement.Find(node.Output) == null)
        {
            _blocked[node.Output.Id] = Blocked(input).Slice(slice.First, slice.Count);
            return;
        }

        _gathered[node.Output.Id] = ChannelsOf(input)[slice.First..(slice.First + slice.Count)];
    }

    private void AddShuffle(GraphNode node, ChannelShuffle shuffle)
    {
        ValueChannel[] channels = ChannelsOf(node.Inputs[0]);
        var shuffled = new ValueChannel[channels.Length];
        for (int c = 0; c < shuffled.Length; c++)
        {
            (int index, int group) = Math.DivRem(c, shuffle.Groups);
            shuffled[c] = channels[(group * (channels.Length / shuffle.Groups)) + index];
        }

        _gathered[node.Output.Id] = shuffled;
    }

    /// <summary>Copies those inputs that were not written to their place in the first place.</summary>
    private void AddConcatenation(GraphNode node)
    {
        if (!_placement.IsAligned(node))
        {
            _gathered[node.Output.Id] = [.. node.Inputs.SelectMany(ChannelsOf)];
            return;
        }

        TensorView y = Allocate(node.Output);
        int channel = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            TensorView x = Blocked(node.Inputs[i]);
            if (!_placement.IsInPlace(node, i))
            {
                TensorView target = y.Slice(channel, x.Channels);
                Emit(_kernels.CopyChannels(node.Name, [x], [0], target), target, x);
            }

            channel += x.Channels;
        }
    }

    /// <summary>Where the channels of a value come from: from itself, unless it waits to be gathered.</summary>
    private ValueChannel[] ChannelsOf(GraphValue value)
    {
        if (_blocked[value.Id] == null && _gathered[value.Id] is { } channels)
        {
            return channels;
        }

        var own = new ValueChannel[_shapes[value].Channels];
        for (int c = 0; c < own.Length; c++)
        {
            own[c] = new ValueChannel(value, c);
        }

        return own;
    }

    private TensorView Gather(GraphValue value, ValueChannel[] channels)
    {
        var inputs = new List<TensorView>();
        var indices = new Dictionary<GraphValue, int>();
        var sources = new ChannelSource[channels.Length];
        for (int c = 0; c < channels.Length; c++)
        {
            if (!indices.TryGetValue(channels[c].Value, out int index))
            {
                index = inputs.Count;
                indices.Add(channels[c].Value, index);
                inputs.Add(Blocked(channels[c].Value));
            }

            sources[c] = new ChannelSource(index, channels[c].Channel);
        }

        TensorView y = Allocate(value);
        Emit(_kernels.GatherChannels(value.Name, [.. inputs], sources, y), y, [.. inputs]);
        return y;
    }
}
