using DeepVision.Cpu;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class ElementwiseTests
{
    /// <summary>Polynomials and one division: a few roundings of float32, over the largest output.</summary>
    private const double FunctionTolerance = 5e-7;

    public static TheoryData<int> Channels => [1, 3, 7, 8, 9, 15, 16, 17, 33];

    [Theory]
    [MemberData(nameof(Channels))]
    public void Binary_EveryInstructionSet_MatchesReference(int channels)
    {
        PlanarTensor left = PlanarTensor.Random(2, channels, 5, 7, 1);
        PlanarTensor right = PlanarTensor.Random(2, channels, 5, 7, 2);
        PlanarTensor factors = PlanarTensor.Random(2, channels, 1, 1, 3);
        PlanarTensor gates = PlanarTensor.Random(2, 1, 5, 7, 4);
        foreach (BinaryOperation operation in Enum.GetValues<BinaryOperation>())
        {
            Check($"{operation}", [left, right], (2, channels, 5, 7), (kernels, views, output) =>
                kernels.Binary("test", operation, views[0], views[1], output, Activation.Relu));
            Check($"{operation} by channel", [left, factors], (2, channels, 5, 7), (kernels, views, output) =>
                kernels.Binary("test", operation, views[0], views[1], output, Activation.Sigmoid));
            Check($"{operation} by pixel", [left, gates], (2, channels, 5, 7), (kernels, views, output) =>
                kernels.Binary("test", operation, views[0], views[1], output, Activation.Identity));
        }
    }

    [Fact]
    public void Binary_ByPixel_ScalesEachPixelOfEveryChannel()
    {
        var left = new PlanarTensor(1, 3, 1, 2, [1, 2, 3, 4, 5, 6]);
        var gates = new PlanarTensor(1, 1, 1, 2, [10, float.PositiveInfinity]);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            // The harness checks that infinity times the zeros beyond the third channel leaves zeros.
            float[] found = StepHarness.Run(set, [left, gates], (1, 3, 1, 2), (kernels, views, output) =>
                kernels.Binary("test", BinaryOperation.Multiply, views[0], views[1], output, Activation.Identity));
            Assert.Equal([10, float.PositiveInfinity, 30, float.PositiveInfinity, 50, float.PositiveInfinity], found);
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void WeightedSum_EveryInstructionSet_MatchesReference(int channels)
    {
        for (int count = 2; count <= 5; count++)
        {
            PlanarTensor[] inputs = [.. Enumerable.Range(0, count).Select(i => PlanarTensor.Random(2, channels, 7, 5, i))];
            Check($"{count} inputs", inputs, (2, channels, 7, 5), (kernels, views, output) =>
                kernels.WeightedSum("test", views, Affine(count, block: 1), output));
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void Unary_WithFactorAndShift_MatchesReference(int channels) =>
        Check("affine", [PlanarTensor.Random(2, channels, 6, 5, 1)], (2, channels, 6, 5), (kernels, views, output) =>
            kernels.Unary("test", Activation.LeakyRelu(), Affine(channels, kernels.Block), views[0], output));

    [Theory]
    [InlineData(ActivationKind.Identity)]
    [InlineData(ActivationKind.Relu)]
    [InlineData(ActivationKind.Relu6)]
    [InlineData(ActivationKind.LeakyRelu)]
    [InlineData(ActivationKind.Sigmoid)]
    [InlineData(ActivationKind.Silu)]
    [InlineData(ActivationKind.HardSigmoid)]
    [InlineData(ActivationKind.HardSwish)]
    [InlineData(ActivationKind.Mish)]
    [InlineData(ActivationKind.Gelu)]
    [InlineData(ActivationKind.Tanh)]
    public void Unary_Activation_MatchesReferenceAtEveryScale(ActivationKind kind)
    {
        var activation = new Activation(kind, 0.1f);
        foreach (float scale in new[] { 1e-3f, 0.3f, 1, 6, 30, 200 })
        {
            Check($"{kind} at {scale}", [PlanarTensor.Random(1, 16, 9, 9, 5, scale)], (1, 16, 9, 9), (kernels, views, output) =>
                kernels.Unary("test", activation, null, views[0], output));
        }
    }

    [Fact]
    public void Unary_NaN_StaysNaN()
    {
        var input = new PlanarTensor(1, 16, 1, 2, Enumerable.Repeat(float.NaN, 32).ToArray());
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
            {
                float[] found = StepHarness.Run(set, [input], (1, 16, 1, 2), (kernels, views, output) =>
                    kernels.Unary("test", new Activation(kind), null, views[0], output));
                Assert.True(found.All(float.IsNaN), $"{set} {kind}: found {string.Join(", ", found)}.");
            }
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

    private static void Check(string what, PlanarTensor[] inputs, (int N, int C, int H, int W) output, StepFactory factory)
    {
        float[] expected = StepHarness.Run(CpuInstructionSet.Scalar, inputs, output, factory);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Closeness.AssertClose(expected, StepHarness.Run(set, inputs, output, factory), FunctionTolerance, $"{set} {what}");
        }
    }
}
