using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>
/// Slices, shuffles and concatenations in every order, where the plan may use views, places and one gathering for several
/// nodes: the values are those of the plain definition. Doubling makes a computed value and keeps comparisons exact.
/// </summary>
public sealed class ChannelPlanTests
{
    public static TheoryData<int> Widths => [1, 3, 8, 15, 16, 17, 32, 33, 48];

    [Theory]
    [MemberData(nameof(Widths))]
    public void SliceOfConcatenation_AnyWidth_IsExact(int width) => Check(3 * width, (root, x) =>
    {
        GraphValue whole = root.Add("whole", new Concatenate(), Double(root, "a", x), Double(root, "b", x));
        return
        [
            ("first", Slice(root, "first", whole, 0, width)),
            ("second", Double(root, "twice", Slice(root, "second", whole, width, 2 * width))),
            ("last", Slice(root, "last", whole, 5 * width, width)),
            ("whole", whole),
        ];
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void ConcatenationOfSlices_AnyWidth_IsExact(int width) => Check(3 * width, (root, x) =>
    {
        GraphValue doubled = Double(root, "a", x);
        GraphValue left = Slice(root, "left", doubled, 0, width);
        GraphValue right = Slice(root, "right", doubled, 2 * width, width);
        GraphValue swapped = root.Add("swapped", new Concatenate(), right, left, right);
        return
        [
            ("swapped", swapped),
            ("input", root.Add("input", new Concatenate(), Slice(root, "middle", x, width, width), left)),
            ("nested", root.Add("nested", new Concatenate(), swapped, left, Double(root, "again", swapped))),
            ("left", left),
        ];
    });

    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(58)]
    [InlineData(64)]
    public void ShuffleUnits_OneBehindTheOther_AreExact(int half) => Check(2 * half, (root, x) =>
    {
        GraphValue value = root.Add("start", new ChannelShuffle { Groups = 2 }, Double(root, "stem", x));
        for (int i = 0; i < 3; i++)
        {
            GraphValue kept = Slice(root, $"kept{i}", value, 0, half);
            GraphValue changed = Double(root, $"changed{i}", Slice(root, $"branch{i}", value, half, half));
            GraphValue both = root.Add($"both{i}", new Concatenate(), kept, changed);
            value = root.Add($"shuffled{i}", new ChannelShuffle { Groups = 2 }, both);
        }

        return [("out", value), ("twice", Double(root, "end", value))];
    });

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(12)]
    public void GrowingConcatenation_EveryLayerReadsAllBefore_IsExact(int growth) => Check(growth, (root, x) =>
    {
        var features = new List<GraphValue> { Double(root, "first", x) };
        for (int i = 0; i < 4; i++)
        {
            GraphValue all = features.Count == 1 ? features[0] : root.Add($"all{i}", new Concatenate(), [.. features]);
            features.Add(Double(root, $"layer{i}", Slice(root, $"part{i}", all, i * growth, growth)));
        }

        return [("out", root.Add("end", new Concatenate(), [.. features])), ("early", features[1])];
    });

    [Fact]
    public void GrowingConcatenation_AlignedLayers_CopiesNothing()
    {
        var builder = new GraphBuilder("dense");
        GraphScope root = builder.Root;
        var features = new List<GraphValue> { Double(root, "first", builder.Input("image", 32)) };
        for (int i = 0; i < 4; i++)
        {
            GraphValue all = features.Count == 1 ? features[0] : root.Add($"all{i}", new Concatenate(), [.. features]);
            features.Add(root.Add($"layer{i}", new Convolution { OutChannels = 32, Kernel = 1 }, all));
        }

        builder.Output("out", root.Add("end", new Concatenate(), [.. features]));
        using CpuGraph graph = CpuGraph.Compile(builder.Build(), new HashedValues());
        var plan = graph.PlanFor(new TensorShape(1, 32, 6, 6));
        Assert.DoesNotContain("gather", plan.ToString());
    }

    [Fact]
    public void ShuffleUnits_UnalignedHalves_GatherOnlyWhatABranchReads()
    {
        var builder = new GraphBuilder("shuffle");
        GraphScope root = builder.Root;
        GraphValue value = Double(root, "stem", builder.Input("image", 116));
        for (int i = 0; i < 3; i++)
        {
            GraphValue changed = Double(root, $"changed{i}", Slice(root, $"branch{i}", value, 58, 58));
            GraphValue both = root.Add($"both{i}", new Concatenate(), Slice(root, $"kept{i}", value, 0, 58), changed);
            value = root.Add($"shuffled{i}", new ChannelShuffle { Groups = 2 }, both);
        }

        builder.Output("out", Double(root, "end", value));
        ModelGraph built = builder.Build();
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph graph = CpuGraph.Compile(built, new HashedValues(), new CpuOptions { InstructionSet = set });
            string[] gathers =
                [.. graph.PlanFor(new TensorShape(1, 116, 5, 5)).Steps.Where(step => step.Describe().Contains("gather")).Select(step => step.Name)];
            Assert.Equal(["branch0", "branch1", "branch2", "shuffled2"], gathers);
        }
    }

    private static GraphValue Double(GraphScope root, string name, GraphValue x) => root.Add(name, new Scale { Factor = 2 }, x);

    private static GraphValue Slice(GraphScope root, string name, GraphValue x, int first, int count) =>
        root.Add(name, new SliceChannels { First = first, Count = count }, x);

    private static void Check(int channels, Func<GraphScope, GraphValue, (string Name, GraphValue Value)[]> build)
    {
        var builder = new GraphBuilder("channels");
        GraphValue input = builder.Input("image", channels);
        foreach ((string name, GraphValue value) in build(builder.Root, input))
        {
            builder.Output(name, value);
        }

        ModelGraph graph = builder.Build();
        var shape = new TensorShape(2, channels, 3, 5);
        var image = new HostTensor(shape, Noise.Array((int)shape.ElementCount, 1));
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph compiled = CpuGraph.Compile(graph, new HashedValues(), new CpuOptions { InstructionSet = set, Threads = 2 });
            IReadOnlyDictionary<string, HostTensor> found = compiled.Run(image);
            foreach (GraphOutput output in graph.Outputs)
            {
                float[] expected = Evaluate(graph, output.Value, image);
                Assert.True(found[output.Name].Values.SequenceEqual(expected), $"{set}: '{output.Name}' differs.");
            }
        }
    }

    /// <summary>A value by the definitions, one pixel of one channel after the other.</summary>
    private static float[] Evaluate(ModelGraph graph, GraphValue value, HostTensor image)
    {
        int pixels = image.Shape.Height * image.Shape.Width;
        var result = new float[image.Shape.Batch * value.Channels * pixels];
        for (int i = 0; i < result.Length; i++)
        {
            (int plane, int pixel) = Math.DivRem(i, pixels);
            (int n, int channel) = Math.DivRem(plane, value.Channels);
            result[i] = At(graph, value, image, n, channel, pixel);
        }

        return result;
    }

    private static float At(ModelGraph graph, GraphValue value, HostTensor image, int n, int channel, int pixel)
    {
        GraphNode? node = graph.Nodes.FirstOrDefault(candidate => candidate.Output == value);
        switch (node?.Operation)
        {
            case null:
                return image.Values[(((n * image.Shape.Channels) + channel) * image.Shape.Height * image.Shape.Width) + pixel];
            case Scale scale:
                return scale.Factor * At(graph, node.Inputs[0], image, n, channel, pixel);
            case SliceChannels slice:
                return At(graph, node.Inputs[0], image, n, slice.First + channel, pixel);
            case ChannelShuffle shuffle:
                int size = value.Channels / shuffle.Groups;
                return At(graph, node.Inputs[0], image, n, (channel % shuffle.Groups * size) + (channel / shuffle.Groups), pixel);
            case Concatenate:
                foreach (GraphValue input in node.Inputs)
                {
                    if (channel < input.Channels)
                    {
                        return At(graph, input, image, n, channel, pixel);
                    }

                    channel -= input.Channels;
                }

                break;
        }

        throw new InvalidOperationException($"{node?.Operation} is not for these graphs.");
    }
}
