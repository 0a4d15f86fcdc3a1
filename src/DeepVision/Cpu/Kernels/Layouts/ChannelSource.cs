namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>Where an output channel comes from: a channel of one of some inputs.</summary>
/// <param name="Input">Which input; -1 for a channel of zeros.</param>
/// <param name="Channel">Which of its channels.</param>
internal readonly record struct ChannelSource(int Input, int Channel)
{
    /// <summary>A channel of zeros.</summary>
    internal static ChannelSource Zero => new(-1, 0);

    /// <summary>The channels of some inputs one after the other, each beginning at its own output channel, zeros elsewhere.</summary>
    internal static ChannelSource[] Stack(int outChannels, ReadOnlySpan<int> channels, ReadOnlySpan<int> firstChannels)
    {
        var sources = new ChannelSource[outChannels];
        sources.AsSpan().Fill(Zero);
        for (int i = 0; i < channels.Length; i++)
        {
            for (int c = 0; c < channels[i]; c++)
            {
                sources[firstChannels[i] + c] = new ChannelSource(i, c);
            }
        }

        return sources;
    }
}
