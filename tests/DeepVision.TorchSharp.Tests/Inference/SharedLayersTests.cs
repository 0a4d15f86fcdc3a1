using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Graphs.Passes;
using DeepVision.Tensors;
using DeepVision.Tests.Torch.Modules;
using DeepVision.Torch.Inference;
using DeepVision.Weights;

namespace DeepVision.Tests.Torch.Inference;

/// <summary>A convolution that several levels share, with a norm of its own for each.</summary>
public sealed class SharedLayersTests
{
    [TorchFact]
    public void Separate_AfterFolding_GivesEachLevelItsWeights()
    {
        ModelGraph graph = GraphModule.Write(4, (builder, image) =>
        {
            foreach (string level in new[] { "P3", "P4" })
            {
                GraphValue map = builder.Root.Tagged(level).Add("tower.conv", new Convolution { OutChannels = 6, Kernel = 3, Padding = 1 }, image);
                map = builder.Root.Add($"norms.{level}", new BatchNorm(), map);
                builder.Output(level, builder.Root.Tagged(level).Add("last", new Convolution { OutChannels = 2, Kernel = 1 }, map));
            }
        });
        using ModelWeights weights = GraphModule.Values(graph);
        using var plain = new GraphModule(graph, weights);
        using var folded = new GraphModule(SharedLayers.Separate(graph.FoldBatchNorm()), weights);
        HostTensor image = GraphModule.Random(new TensorShape(1, 4, 5, 5), 1);

        HostTensor[] expected = plain.Run(image);
        HostTensor[] found = folded.Run(image);

        Assert.Equal(
            ["last.weight", "tower.conv@P3.bias", "tower.conv@P3.weight", "tower.conv@P4.bias", "tower.conv@P4.weight"],
            folded.Root.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.NotEqual(expected[0].Values.ToArray(), expected[1].Values.ToArray());
        Agreement.AssertClose(expected[0], found[0], 1e-5, "P3");
        Agreement.AssertClose(expected[1], found[1], 1e-5, "P4");
    }

    [TorchFact]
    public void Separate_WhereUsesStayTheSame_ChangesNothing()
    {
        ModelGraph graph = GraphModule.Write(4, (builder, image) =>
        {
            foreach (string level in new[] { "P3", "P4" })
            {
                builder.Output(level, builder.Root.Tagged(level).Add("conv", new Convolution { OutChannels = 6, Kernel = 1 }, image));
            }
        });

        Assert.Same(graph, SharedLayers.Separate(graph));
    }
}
