using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>Layers whose parameters are packed by a rule of their own.</summary>
public sealed class LearnedFactorTests
{
    [Fact]
    public void WeightedAdd_NegativeWeight_CountsAsNone() => Check(
        new WeightedAdd { Epsilon = 0.5f },
        new ParameterArray(1.5f, -3, 6),
        [[1, -2], [100, 100], [8, 16]],
        [(1.5f + 48) / 8, (-3f + 96) / 8]);

    [Fact]
    public void ChannelScale_ForEachChannel_HasItsOwnFactor() =>
        Check(new ChannelScale(), new ParameterArray(-2, 0.5f), [[3, 5]], [-6, 2.5f]);

    [Fact]
    public void LayerNorm_OnVectors_NormalizesTheFeatures() =>
        Check(new LayerNorm { Epsilon = 3 }, new ParameterArray(2, 4), [[1, 3]], [-1 + 2, 2 + 4]);

    [Fact]
    public void L2Normalize_OnVectors_DividesByTheLength() =>
        Check(new L2Normalize(), new ParameterArray(), [[3, -4]], [0.6f, -0.8f]);

    /// <summary>Every input is a vector (1, 2); weight and bias have the same values.</summary>
    private static void Check(Operation operation, ParameterArray values, float[][] inputs, float[] expected)
    {
        var builder = new GraphBuilder("factors");
        GraphValue image = builder.Input("image", 2 * inputs.Length);
        GraphValue all = builder.Root.Add("pool", new AdaptivePool { Kind = PoolingKind.Max, Size = 1 }, image);
        all = builder.Root.Add("flatten", new Flatten { KnownArea = 1 }, all);
        GraphValue[] parts = [.. inputs.Select((_, i) =>
            builder.Root.Add($"part{i}", new SliceChannels { First = 2 * i, Count = 2 }, all))];
        builder.Output("out", builder.Root.Add("layer", operation, parts));
        ModelGraph graph = builder.Build();
        var tensor = new HostTensor(new TensorShape(1, 2 * inputs.Length, 1, 1), [.. inputs.SelectMany(input => input)]);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph compiled = CpuGraph.Compile(graph, values, new CpuOptions { InstructionSet = set });
            Closeness.AssertClose(expected, compiled.Run(tensor)["out"].Values.ToArray(), 2e-7, $"{set}");
        }
    }
}
