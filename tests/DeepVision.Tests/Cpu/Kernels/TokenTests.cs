using DeepVision.Cpu;
using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class TokenTests
{
    public static TheoryData<int> Channels => [1, 3, 15, 16, 17, 33];

    public static TheoryData<int, int, int> AttentionShapes() => new()
    {
        // Channels, heads, tokens. Heads that fill blocks on every instruction set, on some, and on none.
        { 64, 1, 1 },
        { 128, 2, 17 },
        { 192, 3, 197 },
        { 80, 1, 66 },
        { 48, 2, 35 },
        { 40, 5, 9 },
        { 1, 1, 5 },
        { 3, 3, 2 },
        { 15, 3, 7 },
        { 16, 1, 3 },
        { 17, 1, 33 },
        { 33, 3, 50 },
    };

    [Theory]
    [MemberData(nameof(AttentionShapes))]
    public void Attention_EveryInstructionSet_MatchesReference(int channels, int heads, int tokens)
    {
        // Scores of about 3, so that the softmax is neither flat nor one-hot.
        PlanarTensor input = PlanarTensor.Random(2, 3 * channels, tokens, 1, 1, scale: 2);
        StepFactory factory = (kernels, views, output) => kernels.Attention("test", heads, views[0], output);
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, [input], (2, channels, tokens, 1), factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            float[] found = StepHarness.Run(set, [input], (2, channels, tokens, 1), factory);
            Closeness.AssertClose(expected, found, Closeness.DirectSums, $"{set}");
        }
    }

    [Fact]
    public void Attention_TwoTokens_IsTheDefinition()
    {
        // Two heads of one channel. Head 0: scores 0 and ln 3 for the first query, 0 and 0 for the second. Head 1: 0 and 0; 0 and -ln 4.
        float[] queries = [1, 0, 0, 2];
        float[] keys = [0, MathF.Log(3), 0, -MathF.Log(2)];
        float[] values = [4, 8, 10, -10];
        float[] expected = [(0.25f * 4) + (0.75f * 8), 6, 0, (0.8f * 10) - (0.2f * 10)];
        var input = new PlanarTensor(1, 6, 2, 1, [.. queries, .. keys, .. values]);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Closeness.AssertClose(expected, Attend(set, input, 2), 2e-7, $"{set}");
        }
    }

    [Fact]
    public void Attention_ScaleOfScores_IsTheRootOfTheHeadsChannels()
    {
        // One head of four channels: every query is (1, 1, 1, 1), the second key (ln 3, 0, ln 3, 0): 2 ln 3 / sqrt(4).
        float log = MathF.Log(3);
        float[] queries = [1, 1, 1, 1, 1, 1, 1, 1];
        float[] keys = [0, log, 0, 0, 0, log, 0, 0];
        float[] values = [0, 4, 4, 0, 1, 1, 8, 0];
        var input = new PlanarTensor(1, 12, 2, 1, [.. queries, .. keys, .. values]);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Closeness.AssertClose([3, 3, 1, 1, 1, 1, 2, 2], Attend(set, input, 1), 2e-7, $"{set}");
        }
    }

    [Fact]
    public void Attention_HugeScores_PickTheNearestKey()
    {
        // The score of a token with itself leads by thousands: the exponential of any score alone would be infinite.
        const int Tokens = 20;
        PlanarTensor input = PlanarTensor.Random(1, 3 * 20, Tokens, 1, 1);
        for (int c = 0; c < 20; c++)
        {
            for (int t = 0; t < Tokens; t++)
            {
                input.Values[(c * Tokens) + t] = c == t ? 300 : 0;
                input.Values[((20 + c) * Tokens) + t] = c == t ? 300 : 0;
            }
        }

        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Assert.Equal(input.Values[(40 * Tokens)..], Attend(set, input, 1));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 20)]
    [InlineData(2, 1)]
    public void Attention_NaN_ReachesWhatDependsOnIt(int part, int reachedQueries)
    {
        // Channel 21 belongs to the second of two heads (20 channels each); token 7.
        PlanarTensor input = PlanarTensor.Random(1, 3 * 40, 20, 1, 1);
        input.Values[(((part * 40) + 21) * 20) + 7] = float.NaN;
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            float[] found = Attend(set, input, 2);
            for (int i = 0; i < found.Length; i++)
            {
                (int channel, int token) = Math.DivRem(i, 20);
                bool reached = part == 2 ? channel == 21 : channel >= 20 && (reachedQueries == 20 || token == 7);
                Assert.True(float.IsNaN(found[i]) == reached, $"{set}: channel {channel}, token {token} is {found[i]}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void TokensFromMap_EveryInstructionSet_PutsTheClassTokenFirst(int channels)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, 7, 5, 1);
        float[] token = Noise.Array(channels, 2);
        var expected = new float[2 * channels * 36];
        for (int plane = 0; plane < 2 * channels; plane++)
        {
            expected[plane * 36] = token[plane % channels];
            input.Values.AsSpan(plane * 35, 35).CopyTo(expected.AsSpan((plane * 36) + 1));
        }

        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Assert.Equal(expected, StepHarness.Run(set, [input], (2, channels, 36, 1), (kernels, views, output) =>
                kernels.TokensFromMap("test", Pack(token, 1, kernels.Block), views[0], output)));
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void PositionSum_EveryInstructionSet_AddsTheVectorOfEachPosition(int channels)
    {
        const int Tokens = 37;
        PlanarTensor input = PlanarTensor.Random(2, channels, Tokens, 1, 1);
        float[] positions = Noise.Array(channels * Tokens, 2);
        var expected = new float[input.Values.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            int channel = i / Tokens % channels;
            expected[i] = input.Values[i] + positions[(i % Tokens * channels) + channel];
        }

        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            Assert.Equal(expected, StepHarness.Run(set, [input], (2, channels, Tokens, 1), (kernels, views, output) =>
                kernels.PositionSum("test", Pack(positions, Tokens, kernels.Block), views[0], output)));
        }
    }

    private static float[] Attend(CpuInstructionSet set, PlanarTensor input, int heads) =>
        StepHarness.Run(set, [input], (input.N, input.C / 3, input.H, 1), (kernels, views, output) =>
            kernels.Attention("test", heads, views[0], output));

    /// <summary>Vectors of (token, channel) as a blocked map.</summary>
    private static unsafe PackedWeights Pack(float[] vectors, int tokens, int block)
    {
        int channels = vectors.Length / tokens;
        var packed = new PackedWeights((channels + block - 1) / block * block * tokens, 0);
        for (int i = 0; i < vectors.Length; i++)
        {
            (int token, int channel) = Math.DivRem(i, channels);
            packed.Weights[(((channel / block * tokens) + token) * block) + (channel % block)] = vectors[i];
        }

        return packed;
    }
}
