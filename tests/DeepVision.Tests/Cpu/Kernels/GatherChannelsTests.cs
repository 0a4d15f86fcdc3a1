using DeepVision.Cpu;
using DeepVision.Cpu.Kernels.Layouts;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class GatherChannelsTests
{
    [Theory]
    [InlineData(6, 2)]
    [InlineData(16, 2)]
    [InlineData(33, 3)]
    [InlineData(58, 2)]
    [InlineData(96, 4)]
    public void GatherChannels_Shuffle_MovesEveryChannel(int channels, int groups)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, 7, 5, 1);
        ChannelSource[] sources =
            [.. Enumerable.Range(0, channels).Select(c => new ChannelSource(0, (c % groups * (channels / groups)) + (c / groups)))];
        Check([input], sources);
    }

    [Theory]
    [InlineData(17, 0, 16)]
    [InlineData(33, 1, 15)]
    [InlineData(33, 16, 17)]
    [InlineData(48, 16, 16)]
    [InlineData(48, 16, 20)]
    [InlineData(40, 32, 3)]
    [InlineData(3, 2, 1)]
    public void GatherChannels_Slice_LeavesZerosBeyondIt(int channels, int first, int count) =>
        Check(
            [PlanarTensor.Random(2, channels, 7, 5, 1)],
            [.. Enumerable.Range(first, count).Select(c => new ChannelSource(0, c))]);

    [Fact]
    public void GatherChannels_SeveralInputsWithRepeatsAndZeros_MovesEveryChannel()
    {
        PlanarTensor[] inputs =
            [PlanarTensor.Random(2, 33, 9, 9, 1), PlanarTensor.Random(2, 16, 9, 9, 2), PlanarTensor.Random(2, 1, 9, 9, 3)];
        var sources = new ChannelSource[51];
        for (int c = 0; c < sources.Length; c++)
        {
            int input = c % 4 == 3 ? -1 : c % 3;
            sources[c] = input < 0 ? ChannelSource.Zero : new ChannelSource(input, c * 7 % inputs[input].C);
        }

        Check(inputs, sources);
    }

    [Fact]
    public void GatherChannels_LongPlane_MovesEveryPixel() =>
        Check([PlanarTensor.Random(1, 18, 43, 49, 1)], [.. Enumerable.Range(0, 18).Select(c => new ChannelSource(0, 17 - c))]);

    private static void Check(PlanarTensor[] inputs, ChannelSource[] sources)
    {
        (int batch, _, int height, int width, _) = inputs[0];
        int pixels = height * width;
        var expected = new float[batch * sources.Length * pixels];
        for (int n = 0; n < batch; n++)
        {
            for (int c = 0; c < sources.Length; c++)
            {
                (int input, int channel) = sources[c];
                if (input >= 0)
                {
                    inputs[input].Values.AsSpan(((n * inputs[input].C) + channel) * pixels, pixels)
                        .CopyTo(expected.AsSpan(((n * sources.Length) + c) * pixels));
                }
            }
        }

        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Assert.Equal(expected, StepHarness.Run(set, inputs, (batch, sources.Length, height, width), (kernels, views, output) =>
                kernels.GatherChannels("test", views, sources, output)));
        }
    }
}
