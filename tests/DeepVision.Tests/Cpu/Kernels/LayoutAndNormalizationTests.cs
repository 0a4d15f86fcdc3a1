using DeepVision.Cpu;
using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class LayoutAndNormalizationTests
{
    public static TheoryData<int> Channels => [1, 3, 7, 8, 9, 15, 16, 17, 33];

    [Theory]
    [MemberData(nameof(Channels))]
    public void ToPlanar_AndBack_IsExact(int channels)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, 7, 13, 1);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            float[] found = StepHarness.Run(
                set,
                [input],
                (2, channels, 7, 13),
                (kernels, views, output) => kernels.FromPlanar("test", views[0], output),
                planarInput: true);
            Assert.Equal(input.Values, found);
        }
    }

    [Theory]
    [InlineData(16, 32, 16)]
    [InlineData(3, 5, 9)]
    [InlineData(17, 1, 33)]
    [InlineData(32, 7, 16)]
    public void CopyChannels_Concatenation_IsExact(int first, int second, int third)
    {
        PlanarTensor[] inputs =
        [
            PlanarTensor.Random(2, first, 3, 5, 1), PlanarTensor.Random(2, second, 3, 5, 2), PlanarTensor.Random(2, third, 3, 5, 3),
        ];
        CheckExact(inputs, (2, first + second + third, 3, 5), (kernels, views, output) =>
            kernels.CopyChannels("test", views, [0, first, first + second], output));
    }

    [Theory]
    [InlineData(8, 16, 8)]
    [InlineData(0, 3, 2)]
    [InlineData(16, 17, 31)]
    public void CopyChannels_PaddingOfChannels_IsExact(int before, int channels, int after) =>
        CheckExact([PlanarTensor.Random(2, channels, 4, 3, 1)], (2, before + channels + after, 4, 3), (kernels, views, output) =>
            kernels.CopyChannels("test", views, [before], output));

    [Theory]
    [InlineData(4, 5, 8, 10)]
    [InlineData(3, 3, 7, 5)]
    [InlineData(7, 7, 13, 14)]
    [InlineData(9, 8, 4, 3)]
    [InlineData(25, 34, 50, 67)]
    public void Upsample_Nearest_IsExact(int height, int width, int outHeight, int outWidth) =>
        CheckExact([PlanarTensor.Random(2, 17, height, width, 1)], (2, 17, outHeight, outWidth), (kernels, views, output) =>
            kernels.Upsample("test", views[0], output));

    [Theory]
    [InlineData(32, 32)]
    [InlineData(32, 2)]
    [InlineData(33, 11)]
    [InlineData(64, 4)]
    [InlineData(20, 1)]
    public void GroupNorm_EveryInstructionSet_MatchesReference(int channels, int groups)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, 9, 7, 1, scale: 3);
        for (int i = 0; i < input.Values.Length; i++)
        {
            input.Values[i] += 20;
        }

        StepFactory factory = (kernels, views, output) =>
            kernels.GroupNorm("test", groups, 1e-5f, Affine(channels, kernels.Block), views[0], output);
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, [input], (2, channels, 9, 7), factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Closeness.AssertClose(expected, StepHarness.Run(set, [input], (2, channels, 9, 7), factory), 2e-6, $"{set}");
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(10, 1, 1)]
    [InlineData(33, 3, 2)]
    public void Softmax_EveryInstructionSet_MatchesReference(int channels, int height, int width)
    {
        PlanarTensor input = PlanarTensor.Random(2, channels, height, width, 1, scale: 40);
        StepFactory factory = (kernels, views, output) => kernels.Softmax("test", views[0], output);
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, [input], (2, channels, height, width), factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Closeness.AssertClose(expected, StepHarness.Run(set, [input], (2, channels, height, width), factory), 1e-6, $"{set}");
        }
    }

    private static unsafe PackedWeights Affine(int channels, int block)
    {
        int padded = (channels + block - 1) / block * block;
        var affine = new PackedWeights(padded, padded);
        for (int c = 0; c < channels; c++)
        {
            affine.Weights[c] = Noise.Value(c, 8);
            affine.Bias[c] = Noise.Value(c, 9);
        }

        return affine;
    }

    private static void CheckExact(PlanarTensor[] inputs, (int N, int C, int H, int W) output, StepFactory factory)
    {
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, inputs, output, factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Assert.Equal(expected, StepHarness.Run(set, inputs, output, factory));
        }
    }
}
