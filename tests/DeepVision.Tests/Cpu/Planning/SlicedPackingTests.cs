using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Graphs.Passes;
using DeepVision.Tensors;
using DeepVision.Tests.Weights;
using DeepVision.Weights;
using Xunit;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>Packing from slices on several threads against packing layer by layer from whole tensors.</summary>
public sealed class SlicedPackingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Compile_FromSlices_GivesTheBitsOfWholeTensors(int threads)
    {
        ModelGraph graph = LargeLayers();
        HostTensor image = SampleGraphs.Image(1, 20, 24);
        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph whole = CpuGraph.Compile(graph, new HashedValues(), new CpuOptions { InstructionSet = set, Threads = 1 });
            using ModelWeights values = InMemory(graph);
            using CpuGraph sliced = CpuGraph.Compile(graph, values, new CpuOptions { InstructionSet = set, Threads = threads });
            Assert.Equal(whole.Run(image)["out"].Values.ToArray(), sliced.Run(image)["out"].Values.ToArray());
        }
    }

    [Fact]
    public void Compile_SeveralLayersThatCannotBeRead_SaysTheFirst()
    {
        ModelGraph graph = LargeLayers();
        using ModelWeights values = InMemory(graph);
        foreach (string name in new[] { "wide", "last" })
        {
            Parameter parameter = graph.Parameters.Single(p => p.Name == $"{name}.weight");
            values.Set(parameter, new Unreadable(parameter));
        }

        for (int round = 0; round < 5; round++)
        {
            WeightsException exception = Assert.Throws<WeightsException>(
                () => CpuGraph.Compile(graph, values, new CpuOptions { Threads = 3 }));
            Assert.Equal("wide.weight at 0", exception.Message);
        }
    }

    [Theory]
    [InlineData("types-zip.pth", true)]
    [InlineData("types-legacy.pth", true)]
    [InlineData("types.safetensors", true)]
    [InlineData("module-deflated.pth", false)]
    public void ReadSlice_OfEveryType_IsTheSliceOfTheWhole(string name, bool canSlice)
    {
        using WeightFile file = WeightFile.Open(Fixture.PathOf(name));
        foreach (WeightHandle handle in file.Tensors.Values)
        {
            Assert.Equal(canSlice, handle.CanSlice);
            if (canSlice)
            {
                float[] whole = Fixture.Read(handle);
                int first = whole.Length / 3;
                var slice = new float[whole.Length - first];
                handle.ReadSlice(first, slice);
                Assert.Equal(whole[first..], slice);
                Assert.Throws<ArgumentOutOfRangeException>(() => handle.ReadSlice(first + 1, slice));
            }
        }
    }

    [Fact]
    public void FoldedWeight_Slices_AreThoseOfTheWhole()
    {
        ModelGraph graph = LargeLayers().FoldBatchNorm();
        using ModelWeights values = InMemory(LargeLayers(), graph);
        Parameter folded = graph.Parameters.First(p => p.Derivation is FoldedWeight);
        var whole = new float[folded.Shape.ElementCount];
        values.Read(folded, whole);
        int row = whole.Length / folded.Shape[0];
        foreach ((int first, int count) in new[] { (0, row), (row - 5, row + 9), (7 * row, 3 * row), (whole.Length - 1, 1), (3, 0) })
        {
            var slice = new float[count];
            ((ISlicedValues)values).ReadSlice(folded, first, slice);
            Assert.Equal(whole[first..(first + count)], slice);
        }
    }

    // Layers of several slices each: pointwise, of 3 x 3 with a norm, and strided ones in groups.
    private static ModelGraph LargeLayers()
    {
        var builder = new GraphBuilder("large");
        GraphScope root = builder.Root;
        GraphValue x = root.Add("stem", new Convolution { OutChannels = 160, Kernel = 3, Padding = 1 }, builder.Input("image", 3));
        x = root.Add("stem_bn", new BatchNorm(), x);
        x = root.Add("wide", new Convolution { OutChannels = 288, Kernel = 3, Padding = 1 }, x);
        x = root.Add("wide_bn", new BatchNorm(), x);
        x = root.Add("point", new Convolution { OutChannels = 1000, Kernel = 1, HasBias = true }, x);
        x = root.Add("grouped", new Convolution { OutChannels = 1000, Kernel = 3, Stride = 2, Padding = 1, Groups = 4 }, x);
        x = root.Add("last", new Convolution { OutChannels = 64, Kernel = 3, Stride = 2, Padding = 1, HasBias = true }, x);
        builder.Output("out", x);
        return builder.Build();
    }

    /// <summary>The same values as <see cref="HashedValues"/>, as handles; those of derived parameters come from their sources.</summary>
    private static ModelWeights InMemory(ModelGraph graph, ModelGraph? derived = null)
    {
        IEnumerable<Parameter> sources = (derived ?? graph).Parameters.Where(p => p.Derivation != null).SelectMany(p => p.Derivation!.Sources);
        Parameter[] parameters = [.. graph.Parameters.Concat(sources).Distinct()];
        var weights = new ModelWeights(parameters);
        foreach (Parameter parameter in parameters)
        {
            var values = new float[parameter.Shape.ElementCount];
            new HashedValues().Read(parameter, values);
            weights.Set(parameter, WeightHandle.FromMemory(parameter.Shape, values));
        }

        return weights;
    }

    private sealed class Unreadable(Parameter parameter) : WeightHandle(WeightType.Float32, parameter.Shape)
    {
        public override string Origin => "nowhere";

        internal override bool CanSlice => true;

        internal override void ReadSlice(long first, Span<float> destination) =>
            throw new WeightsException($"{parameter.Name} at {first}");

        protected override void ReadFloatsCore(Span<float> destination) => throw new WeightsException(parameter.Name);
    }
}
