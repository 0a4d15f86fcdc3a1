using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Graphs.Passes;
using DeepVision.Tensors;
using DeepVision.Torch.Modules;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>Each operation as a module computes what its documentation says, and goes backwards.</summary>
public sealed class OperationTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Graphs { get; } = [.. OperationGraphs.Names];

    [TorchTheory]
    [MemberData(nameof(Graphs))]
    public void Forward_OfOperation_GivesItsFormulasValues(string name)
    {
        ModelGraph graph = OperationGraphs.Build(name);
        using ModelWeights weights = GraphModule.Values(graph);
        using var module = new GraphModule(graph, weights);
        HostTensor[] inputs = OperationGraphs.Inputs(name);

        HostTensor found = Assert.Single(module.Run(inputs));

        Agreement.AssertClose(NaiveGraph.Run(graph, weights, inputs), found, Tolerance, name);
    }

    [TorchTheory]
    [MemberData(nameof(Graphs))]
    public void Forward_OfOperation_GivesTheCpuEnginesOutput(string name)
    {
        ModelGraph graph = OperationGraphs.Build(name);
        using ModelWeights weights = GraphModule.Values(graph);
        using var module = new GraphModule(graph, weights);
        using CpuGraph compiled = CpuGraph.Compile(graph, weights, new CpuOptions { InstructionSet = CpuInstructionSet.Scalar });
        HostTensor[] inputs = OperationGraphs.Inputs(name);

        Agreement.AssertClose(compiled.Run(inputs)["out"], Assert.Single(module.Run(inputs)), Tolerance, name);
    }

    [TorchTheory]
    [MemberData(nameof(Graphs))]
    public void Forward_AfterTheInferencePasses_StaysTheSame(string name)
    {
        ModelGraph graph = OperationGraphs.Build(name);
        using ModelWeights weights = GraphModule.Values(graph);
        using var module = new GraphModule(graph.ForInference(), weights);
        HostTensor[] inputs = OperationGraphs.Inputs(name);

        HostTensor found = Assert.Single(module.Run(inputs));

        Agreement.AssertClose(NaiveGraph.Run(graph, weights, inputs), found, Tolerance, name);
    }

    [TorchTheory]
    [MemberData(nameof(Graphs))]
    public void Forward_WithChannelsLastInMemory_GivesTheSame(string name)
    {
        using var module = new GraphModule(OperationGraphs.Build(name));
        HostTensor[] inputs = OperationGraphs.Inputs(name);
        HostTensor expected = module.Run(inputs)[0];
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor[] turned = [.. inputs.Select(input => input.ToTorch().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2))];

        Agreement.AssertClose(expected, module.Root.call(turned)[0].ToHost(), Tolerance, name);
    }

    [TorchFact]
    public void FusedNorm_AppliesItsActivation()
    {
        ModelGraph graph = GraphModule.Write(8, (builder, image) =>
        {
            GraphValue norm = builder.Root.Add("norm", new BatchNorm(), builder.Root.Add("slice", new SliceChannels { First = 0, Count = 8 }, image));
            builder.Output("out", builder.Root.Activate("relu", norm, Activation.Silu));
        });
        using ModelWeights weights = GraphModule.Values(graph);
        using var plain = new GraphModule(graph, weights);
        using var fused = new GraphModule(graph.ForInference(), weights);
        HostTensor image = GraphModule.Random(new(2, 8, 4, 6), 1);

        Assert.Contains(fused.Graph.Nodes, node => node.Operation is BatchNorm { Activation.Kind: ActivationKind.Silu });
        Agreement.AssertClose(plain.Run(image)[0], fused.Run(image)[0], Tolerance, "fused norm");
    }

    [TorchFact]
    public void FusedSum_WithoutAnActivation_IsTheSum()
    {
        ModelGraph graph = GraphModule.Write(8, (builder, image) =>
        {
            GraphValue map = builder.Root.Add("conv", new Convolution { OutChannels = 8, Kernel = 1 }, image);
            builder.Output("out", builder.Root.Add("add", new Add(), map, image));
        });
        using ModelWeights weights = GraphModule.Values(graph);
        using var plain = new GraphModule(graph, weights);
        using var fused = new GraphModule(graph.ForInference(), weights);
        HostTensor image = GraphModule.Random(new(2, 8, 4, 6), 1);

        Assert.IsType<Convolution>(Assert.Single(fused.Graph.Nodes).Operation);
        Agreement.AssertClose(plain.Run(image)[0], fused.Run(image)[0], Tolerance, "fused sum");
    }

    [TorchFact]
    public void Leaves_AreTorchSharpsOwn_WhereItHasThem()
    {
        ModelGraph graph = GraphModule.Write(8, (builder, image) =>
        {
            GraphValue norm = builder.Root.Add("norm", new LayerNorm(), image);
            builder.Output("out", builder.Root.Add("linear", new Linear { InFeatures = 8, OutFeatures = 3 }, norm));
        });
        using var module = new GraphModule(graph);
        Dictionary<string, nn.Module> children = module.Root.named_children().ToDictionary(child => child.name, child => child.module);
        long[]? seen = null;
        var linear = Assert.IsType<TorchSharp.Modules.Linear>(children["linear"]);
        linear.register_forward_hook((_, input, output) =>
        {
            seen = input.shape;
            return output;
        });

        Assert.IsType<TorchSharp.Modules.LayerNorm>(children["norm"]);
        Assert.Equal(new TensorShape(2, 3, 4, 6), module.Run(GraphModule.Random(new(2, 8, 4, 6), 1))[0].Shape);
        Assert.Equal([2, 4, 6, 8], seen!);
    }

    [TorchFact]
    public void Attention_SplitByThePass_HasItsProjectionsAsLinearLayers()
    {
        ModelGraph graph = OperationGraphs.Build("attention");
        using ModelWeights weights = GraphModule.Values(graph);
        using var module = new GraphModule(graph.SplitAttention(), weights);

        Assert.Equal(
            ["part.node.in_proj.weight", "part.node.in_proj.bias", "part.node.out_proj.weight", "part.node.out_proj.bias"],
            module.Root.state_dict().Keys);
        Assert.All(module.Plan.Leaves.Values, leaf => Assert.IsType<Linear>(leaf.Operation));
    }
}
