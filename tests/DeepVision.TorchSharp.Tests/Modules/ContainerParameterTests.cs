using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;
using DeepVision.Torch.Modules;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>Learned values that belong to no layer are parameters of the container that their name says.</summary>
public sealed class ContainerParameterTests
{
    private static readonly HostTensor Image = GraphModule.Random(new TensorShape(2, 4, 3, 5), 1);

    [TorchFact]
    public void StateDict_OfTokens_HasPyTorchsKeysInItsOrder()
    {
        using var module = new GraphModule(Tokens());

        Assert.Equal(
            [
                "class_token",
                "conv_proj.weight",
                "encoder.pos_embedding",
                "encoder.layers.0.ln_1.weight", "encoder.layers.0.ln_1.bias",
                "encoder.layers.0.self_attention.in_proj_weight", "encoder.layers.0.self_attention.in_proj_bias",
                "encoder.layers.0.self_attention.out_proj.weight", "encoder.layers.0.self_attention.out_proj.bias",
                "encoder.layers.0.layer_scale",
            ],
            module.Root.state_dict().Keys.OrderBy(key => key.EndsWith("layer_scale", StringComparison.Ordinal)));
        Assert.Equal(module.Root.state_dict().Keys, module.Root.named_parameters().Select(entry => entry.name));
        Assert.Equal([1, 16, 8], module.Root.state_dict()["encoder.pos_embedding"].shape);
        Assert.Equal([1, 1, 8], module.Root.state_dict()["class_token"].shape);
        Assert.Equal([8, 1, 1], module.Root.state_dict()["encoder.layers.0.layer_scale"].shape);
        Assert.Equal(["conv_proj", "encoder"], module.Root.named_children().Select(child => child.name));
    }

    [TorchFact]
    public void Containers_AroundAParameter_AreModulesWithAForward()
    {
        using var module = new GraphModule(Tokens());
        var encoder = Assert.IsType<GraphBlock>(module.Root.named_children().Last().module);
        int calls = 0;
        encoder.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });

        module.Run(Image);

        Assert.Equal(1, calls);
        Assert.NotNull(encoder.get_parameter("pos_embedding"));
    }

    [TorchFact]
    public void To_AnotherType_MovesThem()
    {
        using var module = new GraphModule(Tokens());
        HostTensor expected = module.Run(Image)[0];

        module.Root.to(ScalarType.Float64);

        Assert.All(module.Root.state_dict().Values, tensor => Assert.Equal(ScalarType.Float64, tensor.dtype));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Agreement.AssertClose(expected, module.Root.call([Image.ToTorch().to(ScalarType.Float64)])[0].ToHost(), 1e-5, "float64");
    }

    [TorchFact]
    public void Optimizer_StepsThem_UnlessTheyAreFrozen()
    {
        using var module = new GraphModule(Tokens());
        module.Root.train();
        Parameter frozen = module.Root.get_parameter("class_token")!;
        frozen.requires_grad = false;
        Dictionary<string, float[]> before = Values(module);
        using (NewDisposeScope())
        {
            var optimizer = optim.SGD(module.Root.parameters().Where(parameter => parameter.requires_grad), 0.1);
            module.Root.call([Image.ToTorch()])[0].square().sum().backward();
            optimizer.step();
        }

        Assert.All(Values(module), entry => Assert.Equal(entry.Key == "class_token", entry.Value.SequenceEqual(before[entry.Key])));
    }

    [TorchFact]
    public void Scope_AroundTheBuilding_DoesNotTakeThem()
    {
        GraphModule module;
        using (NewDisposeScope())
        {
            module = new GraphModule(OperationGraphs.Build("weighted sum"));
        }

        using (module)
        {
            Assert.False(Assert.Single(module.Root.parameters()).IsInvalid);
        }
    }

    [TorchFact]
    public void SharedParameter_OfTwoUses_IsOneAndGetsBothGradients()
    {
        using var module = new GraphModule(GraphModule.Write(4, (builder, image) =>
        {
            GraphValue twice = builder.Root.Tagged("a").Add("part.scale", new ChannelScale(), image);
            builder.Output("out", builder.Root.Tagged("b").Add("part.scale", new ChannelScale(), twice));
        }));
        float[] factors = module.Root.get_parameter("part.scale")!.ToHost().Values.ToArray();

        HostTensor found = module.Run(Image)[0];

        Assert.Equal(["part.scale"], module.Root.state_dict().Keys);
        Assert.Equal(Image.Values[^1] * factors[3] * factors[3], found.Values[^1], 1e-6);
    }

    [TorchFact]
    public void Replace_OfAModuleThatIsNotCalled_AsksForItsParameter()
    {
        // The convolution stands between the two sums, so that "sums" has no forward of its own.
        ModelGraph graph = GraphModule.Write(4, (builder, image) =>
        {
            GraphValue first = builder.Root.Add("sums.w1", new WeightedAdd(), image, image);
            GraphValue middle = builder.Root.Add("conv", new Convolution { OutChannels = 4, Kernel = 1 }, first);
            builder.Output("out", builder.Root.Add("sums.w2", new WeightedAdd(), middle, image));
        });
        using var module = new GraphModule(graph);
        module.Run(Image);
        Assert.Equal(["sums.w1", "sums.w2", "conv.weight"], module.Root.state_dict().Keys);

        module.Root.register_module("sums", nn.Identity());

        var error = Assert.Throws<InvalidOperationException>(() => module.Run(Image));
        Assert.Contains("'sums' is a Identity without a parameter 'w1'", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Parameter_WhereOthersHaveTheirContainer_IsAnError()
    {
        ModelGraph graph = GraphModule.Write(4, (builder, image) =>
        {
            GraphValue scaled = builder.Root.Add("part", new ChannelScale(), image);
            builder.Output("out", builder.Root.Add("part.norm", new LayerNorm(), scaled));
        });

        var error = Assert.Throws<ModelBuildException>(() => new GraphModule(graph));

        Assert.Contains("'part' stands where other nodes have their container ('part.norm')", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, float[]> Values(GraphModule module) =>
        module.Root.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.ToHost().Values.ToArray());

    // The beginning of a vision transformer, as the official model names it, with a factor for each channel.
    private static ModelGraph Tokens() => GraphModule.Write(4, (builder, image) =>
    {
        GraphScope root = builder.Root;
        GraphValue value = root.Add("conv_proj", new Convolution { OutChannels = 8, Kernel = 1 }, image);
        GraphScope encoder = root.Enter("encoder");
        value = encoder.Add("pos_embedding", new AddPositions { Tokens = 16 }, root.Add("class_token", new MapToTokens(), value));
        GraphScope layer = encoder.Enter("layers.0");
        GraphValue branch = layer.Add("self_attention", new SelfAttention { Heads = 2 }, layer.Add("ln_1", new LayerNorm(), value));
        branch = layer.Add("layer_scale", new ChannelScale { TrailingDimensions = 2 }, branch);
        builder.Output("out", layer.Add("add", new Add(), value, branch));
    });
}
