using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>Nothing overwrites a value that another one shares memory with.</summary>
public sealed class InPlaceTests
{
    private static readonly HostTensor Image = GraphModule.Random(new TensorShape(2, 8, 3, 5), 1);

    [TorchFact]
    public void Activations_OfSlices_LeaveTheOthersAlone()
    {
        using var module = new GraphModule(GraphModule.Write(8, (builder, image) =>
        {
            GraphScope root = builder.Root;
            GraphValue map = root.Add("conv", new Convolution { OutChannels = 8, Kernel = 1 }, image);
            GraphValue left = root.Add("left", new SliceChannels { First = 0, Count = 5 }, map);
            GraphValue right = root.Add("right", new SliceChannels { First = 3, Count = 5 }, map);
            builder.Output("active", root.Activate("relu", left, Activation.Relu));
            builder.Output("sum", root.Add("add", new Add(), left, right));
            builder.Output("right", right);
            builder.Output("map", map);
        }));

        HostTensor[] outputs = module.Run(Image);

        Assert.All(["relu", "add"], path => Assert.False(module.Plan.IsInPlace(path)));
        HostTensor map = outputs[3];
        for (int i = 0; i < 15; i++)
        {
            // The second image, the fourth channel: part of both slices.
            float value = map.Values[(8 * 15) + (3 * 15) + i];
            Assert.Equal(Math.Max(value, 0), outputs[0].Values[(5 * 15) + (3 * 15) + i]);
            Assert.Equal(value + map.Values[(8 * 15) + (6 * 15) + i], outputs[1].Values[(5 * 15) + (3 * 15) + i]);
            Assert.Equal(value, outputs[2].Values[(5 * 15) + i]);
        }

        Assert.Contains(map.Values.ToArray(), value => value < 0);
    }

    [TorchFact]
    public void Activation_OfTheOnlySlice_LeavesWhatItIsPartOf()
    {
        using var module = new GraphModule(GraphModule.Write(8, (builder, image) =>
        {
            GraphValue half = builder.Root.Add("half", new SliceChannels { First = 0, Count = 4 }, image);
            builder.Output("out", builder.Root.Activate("relu", half, Activation.Relu));
        }));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor input = Image.ToTorch();

        module.Root.call([input]);

        Assert.Equal(Image.Values.ToArray(), input.ToHost().Values.ToArray());
    }

    [TorchTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void ShuffleUnit_KeepsTheHalfThatPassesBy(bool training)
    {
        // One half passes by, the other goes through layers that overwrite; both come together and are shuffled.
        ModelGraph graph = GraphModule.Write(8, (builder, image) =>
        {
            GraphScope root = builder.Root;
            GraphValue start = root.Activate("start.relu", root.Add("start.conv", new Convolution { OutChannels = 8, Kernel = 1 }, image), Activation.Relu);
            GraphValue passing = root.Add("branch.first", new SliceChannels { First = 0, Count = 4 }, start);
            GraphValue other = root.Add("branch.second", new SliceChannels { First = 4, Count = 4 }, start);
            other = root.Activate("branch.relu", root.Add("branch.conv", new Convolution { OutChannels = 4, Kernel = 1 }, other), Activation.Relu);
            builder.Output("out", root.Add("shuffle", new ChannelShuffle { Groups = 2 }, root.Add("cat", new Concatenate(), passing, other)));
            builder.Output("start", start);
        });
        using var module = new GraphModule(graph);
        module.Root.train(training);
        using var scope = NewDisposeScope();
        Tensor[] outputs = module.Root.call([Image.ToTorch()]);

        Assert.True(module.Plan.IsInPlace("branch.relu"));
        for (int channel = 0; channel < 4; channel++)
        {
            Assert.Equal(
                outputs[1].select(1, channel).contiguous().ToHost().Values.ToArray(), outputs[0].select(1, 2 * channel).contiguous().ToHost().Values.ToArray());
        }

        outputs[0].sum().backward();
        Assert.All(module.Root.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [TorchFact]
    public void LinearLayer_OverAMap_IsAViewThatNothingOverwrites()
    {
        using var module = new GraphModule(GraphModule.Write(8, (builder, image) =>
        {
            GraphValue map = builder.Root.Add("map", new Linear { InFeatures = 8, OutFeatures = 4 }, image);
            builder.Output("out", builder.Root.Activate("map_relu", map, Activation.Relu));
            GraphValue vector = builder.Root.Add("vector", new Linear { InFeatures = 8, OutFeatures = 4 }, builder.Root.Add("token", new TakeToken(), builder.Root.Add("class_token", new MapToTokens(), image)));
            builder.Output("vector", builder.Root.Activate("vector_relu", vector, Activation.Relu));
        }));

        Assert.False(module.Plan.IsInPlace("map_relu"));
        Assert.True(module.Plan.IsInPlace("vector_relu"));
        Assert.All(module.Run(Image), output => Assert.All(output.Values.ToArray(), value => Assert.True(value >= 0)));
    }
}
