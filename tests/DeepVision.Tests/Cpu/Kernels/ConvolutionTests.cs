using DeepVision.Cpu;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class ConvolutionTests
{
    private static readonly int[] Straddling = [1, 3, 7, 8, 9, 15, 16, 17, 33];

    public static TheoryData<ConvolutionCase> Cases()
    {
        var cases = new TheoryData<ConvolutionCase>();
        foreach (int channels in Straddling)
        {
            // Pointwise and 3x3 over channel counts around the vector widths, on odd sizes.
            cases.Add(new ConvolutionCase(2, channels, 17, 5, 7, 1, 1) { Activation = ActivationKind.Relu });
            cases.Add(new ConvolutionCase(1, 9, channels, 6, 5, 1, 1) { Residual = true });
            cases.Add(new ConvolutionCase(1, channels, 33, 5, 9, 3, 3) { Padding = 1, Residual = true, Activation = ActivationKind.Relu });
            cases.Add(new ConvolutionCase(2, 16, channels, 7, 6, 3, 3) { Padding = 1, StrideHeight = 2, StrideWidth = 2 });
            cases.Add(new ConvolutionCase(2, channels, channels, 9, 11, 3, 3) { Padding = 1, Groups = channels, Activation = ActivationKind.Relu6 });
            cases.Add(new ConvolutionCase(3, channels, 16, 1, 1, 1, 1) { Activation = ActivationKind.Relu });
        }

        foreach (int width in new[] { 1, 2, 5, 6, 7, 8, 13, 14, 15, 27, 28, 29 })
        {
            cases.Add(new ConvolutionCase(1, 16, 32, 1, width, 1, 1) { Residual = true });
            cases.Add(new ConvolutionCase(1, 3, 20, 4, width, 3, 3) { Padding = 1, Planar = true, Activation = ActivationKind.Relu });
        }

        // Asymmetric padding, uneven strides, dilation, kernels that are not square, taller than wide.
        cases.Add(new ConvolutionCase(2, 17, 9, 8, 7, 3, 2) { Padding = new Padding2D(0, 1, 2, 0), StrideHeight = 2, Dilation = 2 });
        cases.Add(new ConvolutionCase(1, 8, 16, 9, 9, 5, 5) { Padding = new Padding2D(2, 0, 1, 3), StrideWidth = 3 });
        cases.Add(new ConvolutionCase(2, 3, 33, 21, 23, 7, 7) { Padding = 3, StrideHeight = 2, StrideWidth = 2, Planar = true, Activation = ActivationKind.Relu });
        cases.Add(new ConvolutionCase(1, 1, 7, 10, 9, 4, 3) { Padding = new Padding2D(1, 2, 0, 1), StrideWidth = 3, Dilation = 2, Planar = true, Activation = ActivationKind.Sigmoid });
        cases.Add(new ConvolutionCase(1, 16, 16, 6, 6, 1, 1) { StrideHeight = 2, StrideWidth = 2 });
        cases.Add(new ConvolutionCase(1, 16, 16, 5, 5, 1, 1) { Padding = 1 });
        // Groups that fill blocks, groups that do not, more outputs than inputs.
        cases.Add(new ConvolutionCase(2, 64, 32, 5, 6, 3, 3) { Groups = 2, Padding = 1, Residual = true, Activation = ActivationKind.Relu });
        cases.Add(new ConvolutionCase(2, 12, 18, 5, 6, 3, 3) { Groups = 3, Padding = 1, Residual = true, Activation = ActivationKind.Silu });
        cases.Add(new ConvolutionCase(1, 5, 10, 6, 5, 3, 3) { Groups = 5, Padding = 1, StrideHeight = 2, Dilation = 2, Activation = ActivationKind.Sigmoid });
        cases.Add(new ConvolutionCase(1, 20, 20, 40, 33, 5, 5) { Groups = 20, Padding = 2, StrideHeight = 2, StrideWidth = 2 });
        // Groups of every width beside blocks, also of fewer or more outputs than inputs, over maps narrower and wider than strips.
        foreach ((int groups, int inChannels, int outChannels) in new[] { (2, 1, 3), (8, 4, 4), (5, 8, 8), (3, 12, 12), (3, 16, 16), (2, 24, 24), (3, 40, 40), (4, 5, 7), (6, 7, 2), (2, 16, 8), (3, 8, 32), (2, 32, 48), (2, 64, 64), (17, 5, 1) })
        {
            foreach (int width in new[] { 1, 6, 14, 22, 37 })
            {
                cases.Add(new ConvolutionCase(1, groups * inChannels, groups * outChannels, 5, width, 3, 3) { Groups = groups, Padding = 1, Residual = true, Activation = ActivationKind.Relu });
            }

            cases.Add(new ConvolutionCase(2, groups * inChannels, groups * outChannels, 9, 19, 3, 3) { Groups = groups, Padding = 1, StrideHeight = 2, StrideWidth = 2, Activation = ActivationKind.Sigmoid });
            cases.Add(new ConvolutionCase(1, groups * inChannels, groups * outChannels, 4, 17, 1, 1) { Groups = groups, StrideWidth = 2, Residual = true, Activation = ActivationKind.Sigmoid });
            cases.Add(new ConvolutionCase(1, groups * inChannels, groups * outChannels, 21, 18, 4, 5) { Groups = groups, Padding = new Padding2D(1, 4, 6, 0), Dilation = 2, StrideWidth = 3, StrideHeight = 1 });
        }

        // Sums long enough for several runs.
        cases.Add(new ConvolutionCase(1, 240, 240, 6, 16, 3, 3) { Groups = 2, Padding = 1, Residual = true, Activation = ActivationKind.Silu });
        cases.Add(new ConvolutionCase(1, 300, 33, 5, 5, 3, 3) { Padding = 1, Residual = true, Activation = ActivationKind.Relu });
        cases.Add(new ConvolutionCase(3, 5000, 17, 1, 1, 1, 1) { Activation = ActivationKind.Gelu });
        cases.Add(new ConvolutionCase(1, 5000, 40, 1, 1, 1, 1) { Residual = true });
        foreach (ActivationKind activation in Enum.GetValues<ActivationKind>())
        {
            cases.Add(new ConvolutionCase(1, 9, 19, 5, 4, 3, 3) { Padding = 1, Activation = activation, Residual = true });
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolution_EveryInstructionSet_MatchesReference(ConvolutionCase c)
    {
        float[] expected = Run(c, CpuInstructionSet.Scalar);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            Closeness.AssertClose(expected, Run(c, set), Closeness.DirectSums, $"{set} {c}");
        }
    }

    [Theory]
    [InlineData(8, 12, 4, 2)]
    [InlineData(48, 48, 2, 30)]
    [InlineData(36, 36, 3, 13)]
    [InlineData(48, 48, 3, 20)]
    [InlineData(85, 17, 17, 44)]
    public void Convolution_NaNInput_SpreadsToItsPixelsOnly(int inChannels, int outChannels, int groups, int poisoned)
    {
        var c = new ConvolutionCase(1, inChannels, outChannels, 6, 6, 3, 3) { Padding = 1, Groups = groups, Activation = ActivationKind.Relu };
        int group = poisoned / (inChannels / groups);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            float[] found = Run(c, set, (poisoned * 36) + (2 * 6) + 2);
            for (int i = 0; i < found.Length; i++)
            {
                (int channel, int pixel) = Math.DivRem(i, 36);
                bool reached = channel / (outChannels / groups) == group && pixel / 6 is >= 1 and <= 3 && pixel % 6 is >= 1 and <= 3;
                Assert.True(float.IsNaN(found[i]) == reached, $"{set}: channel {channel}, pixel {pixel} is {found[i]}.");
            }
        }
    }

    private static float[] Run(ConvolutionCase c, CpuInstructionSet set, int poisoned = -1)
    {
        float fanIn = c.InChannels / c.Groups * c.KernelHeight * c.KernelWidth;
        float[] weights = Noise.Array(c.OutChannels * (int)fanIn, 2, MathF.Sqrt(3 / fanIn));
        var layer = new ArrayWeights(weights, Noise.Array(c.OutChannels, 3));
        PlanarTensor input = PlanarTensor.Random(c.Batch, c.InChannels, c.Height, c.Width, 1);
        if (poisoned >= 0)
        {
            input.Values[poisoned] = float.NaN;
        }

        var inputs = new List<PlanarTensor> { input };
        if (c.Residual)
        {
            inputs.Add(PlanarTensor.Random(c.Batch, c.OutChannels, c.OutHeight, c.OutWidth, 4));
        }

        var geometry = new ConvolutionGeometry(
            new Size2D(c.KernelHeight, c.KernelWidth), new Size2D(c.StrideHeight, c.StrideWidth), c.Padding, c.Dilation, c.Groups);
        return StepHarness.Run(
            set,
            [.. inputs],
            (c.Batch, c.OutChannels, c.OutHeight, c.OutWidth),
            (kernels, views, output) => kernels.Convolution(
                "test", geometry, layer, views[0], output, c.Residual ? views[1] : null, new Activation(c.Activation, 0.1f), threads: 2),
            planarInput: c.Planar);
    }
}
