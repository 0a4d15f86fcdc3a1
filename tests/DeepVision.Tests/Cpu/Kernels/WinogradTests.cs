using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Winograd;
using DeepVision.Cpu.Memory;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Tests.Cpu.Kernels;

public sealed class WinogradTests
{
    // What the engine promises of a layer by Winograd's algorithm, over the largest output.
    private const double Tolerance = 3e-5;

    public static TheoryData<ConvolutionCase> Cases()
    {
        var cases = new TheoryData<ConvolutionCase>();
        foreach (int size in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 28 })
        {
            cases.Add(new ConvolutionCase(1, 16, 32, size, 7, 3, 3) { Padding = 1, Activation = ActivationKind.Relu });
            cases.Add(new ConvolutionCase(2, 9, 17, 6, size, 3, 3) { Padding = 1, Residual = true });
        }

        foreach (int channels in new[] { 8, 15, 16, 17, 33, 64 })
        {
            cases.Add(new ConvolutionCase(1, channels, 20, 11, 10, 3, 3) { Padding = 1, Residual = true, Activation = ActivationKind.Relu });
            cases.Add(new ConvolutionCase(3, 12, channels, 5, 9, 3, 3) { Padding = 1 });
        }

        // No padding, uneven padding, more padding than the kernel needs; many tiles; long sums.
        cases.Add(new ConvolutionCase(1, 16, 16, 9, 12, 3, 3));
        cases.Add(new ConvolutionCase(2, 16, 16, 6, 5, 3, 3) { Padding = new Padding2D(0, 1, 2, 0) });
        cases.Add(new ConvolutionCase(1, 8, 8, 3, 3, 3, 3) { Padding = 4 });
        cases.Add(new ConvolutionCase(1, 32, 48, 60, 57, 3, 3) { Padding = 1, Activation = ActivationKind.Relu });
        cases.Add(new ConvolutionCase(1, 512, 70, 10, 10, 3, 3) { Padding = 1, Residual = true });
        foreach (ActivationKind activation in Enum.GetValues<ActivationKind>())
        {
            cases.Add(new ConvolutionCase(1, 9, 19, 5, 6, 3, 3) { Padding = 1, Activation = activation, Residual = true });
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Winograd_EveryInstructionSet_MatchesReference(ConvolutionCase c)
    {
        float[] expected = Run(c, CpuInstructionSet.Scalar, ConvolutionAlgorithm.Direct, threads: 1);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            foreach (ConvolutionAlgorithm algorithm in new[] { ConvolutionAlgorithm.Winograd2, ConvolutionAlgorithm.Winograd4 })
            {
                float[] alone = Run(c, set, algorithm, threads: 1);
                Closeness.AssertClose(expected, alone, Tolerance, $"{set} {algorithm} {c}");

                // More threads cut the work otherwise, and share the points of the input.
                Assert.Equal(alone, Run(c, set, algorithm, threads: 64));
            }
        }
    }

    [Fact]
    public void Blocking_ManyTilesOrFew_ItemsFindTheirOwnPointsOrShareThem()
    {
        Assert.False(Block(64, 56, threads: 2).SharesPoints);
        Assert.True(Block(256, 14, threads: 2).SharesPoints);

        static WinogradBlocking Block(int channels, int size, int threads)
        {
            int tiles = (size + 3) / 4 * ((size + 3) / 4);
            return WinogradBlocking.Choose(new WinogradPacking(4, channels, channels, 16), tiles, [14, 8, 7], threads);
        }
    }

    [Fact]
    public void Blocking_MorePointsThanARoundHolds_ComesInRoundsThatHoldThemAll()
    {
        var packing = new WinogradPacking(4, 256, 256, 16);
        WinogradBlocking blocking = WinogradBlocking.Choose(packing, 538, [14, 8, 7], threads: 2);
        Assert.True(blocking.SharesPoints);
        Assert.InRange(blocking.Rounds, 2, blocking.ItemGroups);
        Assert.Equal(0, blocking.FirstGroup(blocking.FirstPart(0)));
        Assert.Equal(blocking.Groups, blocking.FirstGroup(blocking.FirstPart(blocking.Rounds)));
        Assert.Equal(1, WinogradBlocking.Choose(packing, 100, [14, 8, 7], threads: 2).Rounds);
    }

    [Fact]
    public void Algorithms_OtherKernelsStridesOrGroups_AreDirect()
    {
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            KernelSet kernels = KernelSet.Create(set);
            Assert.Equal(3, kernels.AlgorithmsFor(new ConvolutionGeometry(3, 1, 1, 1, 1), 64, 64, planarInput: false).Count);
            Assert.Single(kernels.AlgorithmsFor(new ConvolutionGeometry(3, 2, 1, 1, 1), 64, 64, planarInput: false));
            Assert.Single(kernels.AlgorithmsFor(new ConvolutionGeometry(3, 1, 1, 2, 1), 64, 64, planarInput: false));
            Assert.Single(kernels.AlgorithmsFor(new ConvolutionGeometry(5, 1, 2, 1, 1), 64, 64, planarInput: false));
            Assert.Single(kernels.AlgorithmsFor(new ConvolutionGeometry(3, 1, 1, 1, 2), 64, 64, planarInput: false));
            Assert.Single(kernels.AlgorithmsFor(new ConvolutionGeometry(3, 1, 1, 1, 1), 3, 64, planarInput: true));
        }

        Assert.Single(KernelSet.Create(CpuInstructionSet.Scalar).AlgorithmsFor(new ConvolutionGeometry(3, 1, 1, 1, 1), 64, 64, planarInput: false));
    }

    private static float[] Run(ConvolutionCase c, CpuInstructionSet set, ConvolutionAlgorithm algorithm, int threads)
    {
        float fanIn = c.InChannels * 9;
        var layer = new ArrayWeights(
            Noise.Array(c.OutChannels * (int)fanIn, 2, MathF.Sqrt(3 / fanIn)), Noise.Array(c.OutChannels, 3));
        var inputs = new List<PlanarTensor> { PlanarTensor.Random(c.Batch, c.InChannels, c.Height, c.Width, 1) };
        if (c.Residual)
        {
            inputs.Add(PlanarTensor.Random(c.Batch, c.OutChannels, c.OutHeight, c.OutWidth, 4));
        }

        var geometry = new ConvolutionGeometry(3, 1, c.Padding, 1, 1);
        var activation = new Activation(c.Activation, 0.1f);
        return StepHarness.Run(set, [.. inputs], (c.Batch, c.OutChannels, c.OutHeight, c.OutWidth), (kernels, views, output) =>
        {
            TensorView? residual = c.Residual ? views[1] : null;
            return algorithm == ConvolutionAlgorithm.Direct
                ? kernels.Convolution("test", geometry, layer, views[0], output, residual, activation, threads)
                : new WholeWinograd(
                    kernels.Winograd("test", algorithm, geometry, layer, [new ConvolutionMap(views[0], output, residual)], activation, threads), views.Length + 1);
        });
    }

    /// <summary>All steps as one, with a buffer for the points between them.</summary>
    private sealed unsafe class WholeWinograd : Step
    {
        private readonly AlignedMemory _memory;
        private readonly List<Step> _steps = [];
        private readonly int _slots;

        internal WholeWinograd(WinogradSteps steps, int slots)
            : base("test")
        {
            _slots = slots;
            _memory = new AlignedMemory(steps.PointFloats);
            var view = new TensorView
            {
                Slot = slots, Batch = 1, Channels = 1, Height = 1, Width = 1, Block = 1, PlaneStride = steps.PointFloats, ImageStride = steps.PointFloats,
            };
            for (int round = 0; round < steps.Rounds; round++)
            {
                if (steps.PointFloats > 0)
                {
                    _steps.Add(steps.Points(view, round));
                }

                _steps.Add(steps.Convolution(steps.PointFloats > 0 ? view : null, round));
            }
        }

        internal override int Items => 1;

        internal override long ScratchFloats => _steps.Max(step => step.ScratchFloats);

        internal override string Describe() => _steps[^1].Describe();

        internal override void Run(float** slots, float* scratch, int item)
        {
            float** all = stackalloc float*[_slots + 1];
            new ReadOnlySpan<nint>(slots, _slots).CopyTo(new Span<nint>(all, _slots));
            all[_slots] = _memory.Pointer;
            foreach (Step step in _steps)
            {
                for (int i = 0; i < step.Items; i++)
                {
                    step.Run(all, scratch, i);
                }
            }
        }
    }
}
