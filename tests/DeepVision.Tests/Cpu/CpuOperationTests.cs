using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu;

/// <summary>An outsider's operation on every lane, between operations of the library.</summary>
public sealed class CpuOperationTests
{
    public static TheoryData<CpuInstructionSet> Sets { get; } = [CpuInstructionSet.Scalar, .. InstructionSetData.Vectors];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Run_BetweenOthers_ReadsAndWritesPlainTensors(CpuInstructionSet set)
    {
        var builder = new GraphBuilder("flipped");
        GraphValue image = builder.Input("image", 3);
        GraphValue map = builder.Root.Add("a", new Scale { Factor = 2 }, image);
        GraphValue flipped = builder.Root.Add("flip", Flip(channels: 3), map);
        GraphValue flippedImage = builder.Root.Add("flip_image", Flip(channels: 3), image);
        builder.Output("out", builder.Root.Add("join", new Concatenate(), flipped, image, flippedImage));
        using CpuGraph graph = CpuGraph.Compile(builder.Build(), new HashedValues(), new CpuOptions { InstructionSet = set, Threads = 2 });
        HostTensor input = SampleGraphs.Image(2, 5, 7);

        HostTensor output = graph.Run(input)["out"];

        Assert.Equal(new TensorShape(2, 9, 5, 7), output.Shape);
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < 5; y++)
                {
                    for (int x = 0; x < 7; x++)
                    {
                        float mirrored = At(input, n, c, y, 6 - x);
                        Assert.Equal(2 * mirrored, At(output, n, c, y, x));
                        Assert.Equal(At(input, n, c, y, x), At(output, n, c + 3, y, x));
                        Assert.Equal(mirrored, At(output, n, c + 6, y, x));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Run_OnVectorsAndSeveralInputs_GivesAllOutputsInOneCall(CpuInstructionSet set)
    {
        var builder = new GraphBuilder("extremes");
        GraphValue image = builder.Input("image", 3);
        GraphValue pooled = builder.Root.Add("pool", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, image);
        GraphValue vector = builder.Root.Add("flatten", new Flatten { KnownArea = 1 }, pooled);
        GraphValue doubled = builder.Root.Add("double", new Scale { Factor = 2 }, vector);
        var implementation = new SumAndDifference();
        foreach (int index in new[] { 1, 0 })
        {
            OpaqueOperation operation = SumOrDifference(index, rank: 2, implementation);
            builder.Output($"out{index}", builder.Root.Tagged($"{index}").Add("both", operation, vector, doubled));
        }

        using CpuGraph graph = CpuGraph.Compile(builder.Build(), new HashedValues(), new CpuOptions { InstructionSet = set });
        HostTensor input = SampleGraphs.Image(2, 3, 3);

        IReadOnlyDictionary<string, HostTensor> outputs = graph.Run(input);

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(-3 * outputs["out1"].Values[i], outputs["out0"].Values[i], 1e-6f);
            Assert.NotEqual(0, outputs["out0"].Values[i]);
        }

        Assert.Equal(1, implementation.Runs);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Run_OneOfSeveralOutputs_AsksForNoOther(CpuInstructionSet set)
    {
        var builder = new GraphBuilder("difference");
        GraphValue image = builder.Input("image", 3);
        GraphValue doubled = builder.Root.Add("double", new Scale { Factor = 2 }, image);
        var implementation = new SumAndDifference();
        builder.Output("out", builder.Root.Add("both", SumOrDifference(1, rank: 4, implementation), doubled, image));
        using CpuGraph graph = CpuGraph.Compile(builder.Build(), new HashedValues(), new CpuOptions { InstructionSet = set });
        HostTensor input = SampleGraphs.Image(2, 3, 3);

        Assert.Equal(input.Values, graph.Run(input)["out"].Values);
        Assert.Equal(1, implementation.Runs);
    }

    [Fact]
    public void Run_WithAnyThreads_AllocatesNothing()
    {
        var builder = new GraphBuilder("flipped");
        builder.Output("out", builder.Root.Add("flip", Flip(channels: 3), builder.Input("image", 3)));
        using CpuGraph graph = CpuGraph.Compile(builder.Build(), new HashedValues(), new CpuOptions { Threads = 1 });
        HostTensor[] inputs = [SampleGraphs.Image(1, 8, 8)];
        HostTensor[] outputs = [new HostTensor(new TensorShape(1, 3, 8, 8))];
        graph.Run(inputs, outputs);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            graph.Run(inputs, outputs);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Run_ThatThrows_GivesTheException()
    {
        var builder = new GraphBuilder("broken");
        var operation = new OpaqueOperation { Kind = "broken", OutChannels = 3, ShapeRule = shapes => shapes[0], Implementations = [new Broken()] };
        builder.Output("out", builder.Root.Add("broken", operation, builder.Input("image", 3)));
        using CpuGraph graph = CpuGraph.Compile(builder.Build(), new HashedValues(), new CpuOptions { Threads = 2 });

        Assert.Equal("on purpose", Assert.Throws<InvalidDataException>(() => graph.Run(SampleGraphs.Image(1, 4, 4))).Message);
    }

    [Fact]
    public void Run_DisposedWhileAShapeIsPlanned_SaysThatItIsDisposed()
    {
        CpuGraph? graph = null;
        OpaqueOperation flip = Flip(channels: 8) with
        {
            ShapeRule = shapes =>
            {
                // What another thread may do at this moment.
                if (shapes[0].Height == 7)
                {
                    graph!.Dispose();
                }

                return shapes[0];
            },
        };
        var builder = new GraphBuilder("sudden");
        GraphValue map = builder.Root.Convolution("conv", builder.Input("image", 3), new Convolution { OutChannels = 8, Kernel = 3, Padding = 1 });
        builder.Output("out", builder.Root.Add("flip", flip, map));
        graph = CpuGraph.Compile(builder.Build(), new HashedValues());
        graph.Run(SampleGraphs.Image(1, 5, 5));

        var exception = Assert.Throws<ObjectDisposedException>(() => graph.Run(SampleGraphs.Image(1, 7, 7)));

        Assert.Contains("'sudden' was compiled for the CPU and has been disposed", exception.Message, StringComparison.Ordinal);
        Assert.Equal("sudden", exception.ObjectName);
        Assert.Throws<ObjectDisposedException>(() => graph.PlanFor(new TensorShape(1, 3, 5, 5)));
    }

    private static OpaqueOperation Flip(int channels) => new()
    {
        Kind = "flip",
        OutChannels = channels,
        ShapeRule = shapes => shapes[0],
        Implementations = [new Mirror()],
    };

    private static OpaqueOperation SumOrDifference(int index, int rank, SumAndDifference implementation) => new()
    {
        Kind = "sum and difference",
        OutChannels = 3,
        OutRank = rank,
        InputCount = 2,
        OutputIndex = index,
        ShapeRule = shapes => shapes[0],
        Implementations = [implementation],
    };

    private static float At(HostTensor tensor, int n, int c, int y, int x) =>
        tensor.Values[(((((n * tensor.Shape.Channels) + c) * tensor.Shape.Height) + y) * tensor.Shape.Width) + x];

    private sealed class Mirror : CpuOperation
    {
        public override int CountItems(IReadOnlyList<TensorShape> inputs, TensorShape output) => output.Batch * output.Channels;

        public override void Run(in CpuOperationCall call, int item)
        {
            TensorShape shape = call.OutputShape();
            int plane = shape.Height * shape.Width;
            ReadOnlySpan<float> input = call.Input(0).Slice(item * plane, plane);
            Span<float> output = call.Output().Slice(item * plane, plane);
            for (int y = 0; y < shape.Height; y++)
            {
                input.Slice(y * shape.Width, shape.Width).CopyTo(output[(y * shape.Width)..]);
                output.Slice(y * shape.Width, shape.Width).Reverse();
            }
        }
    }

    private sealed class SumAndDifference : CpuOperation
    {
        public int Runs { get; private set; }

        public override void Run(in CpuOperationCall call, int item)
        {
            ReadOnlySpan<float> left = call.Input(0);
            ReadOnlySpan<float> right = call.Input(1);
            Runs++;
            for (int i = 0; i < left.Length; i++)
            {
                if (call.HasOutput(0))
                {
                    call.Output(0)[i] = left[i] + right[i];
                }

                if (call.HasOutput(1))
                {
                    call.Output(1)[i] = left[i] - right[i];
                }
            }
        }
    }

    private sealed class Broken : CpuOperation
    {
        public override void Run(in CpuOperationCall call, int item) => throw new InvalidDataException("on purpose");
    }
}
