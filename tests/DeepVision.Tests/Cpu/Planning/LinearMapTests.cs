using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

public sealed class LinearMapTests
{
    [Theory]
    [InlineData(3, 17)]
    [InlineData(33, 16)]
    public void Linear_OnAMap_IsTheSameForEveryPixel(int channels, int features)
    {
        var builder = new GraphBuilder("linear");
        GraphValue input = builder.Input("image", channels);
        var linear = new Linear { InFeatures = channels, OutFeatures = features, Activation = Activation.LeakyRelu() };
        builder.Output("out", builder.Root.Add("linear", linear, input));
        ModelGraph graph = builder.Build();
        var shape = new TensorShape(2, channels, 7, 5);
        var image = new HostTensor(shape, Noise.Array((int)shape.ElementCount, 1));
        float[] expected = Expected(graph.Nodes[0], image, features);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph compiled = CpuGraph.Compile(graph, new HashedValues(), new CpuOptions { InstructionSet = set });
            HostTensor found = compiled.Run(image)["out"];
            Assert.Equal(new TensorShape(2, features, 7, 5), found.Shape);
            Closeness.AssertClose(expected, found.Values.ToArray(), Closeness.DirectSums, $"{set}");
        }
    }

    private static float[] Expected(GraphNode node, HostTensor image, int features)
    {
        int channels = image.Shape.Channels;
        var weight = new float[features * channels];
        var bias = new float[features];
        new HashedValues().Read(node.Find(ParameterRole.Weight)!, weight);
        new HashedValues().Read(node.Find(ParameterRole.Bias)!, bias);
        int pixels = image.Shape.Height * image.Shape.Width;
        var expected = new float[image.Shape.Batch * features * pixels];
        for (int i = 0; i < expected.Length; i++)
        {
            (int plane, int pixel) = Math.DivRem(i, pixels);
            (int n, int feature) = Math.DivRem(plane, features);
            double sum = bias[feature];
            for (int c = 0; c < channels; c++)
            {
                sum += (double)weight[(feature * channels) + c] * image.Values[(((n * channels) + c) * pixels) + pixel];
            }

            expected[i] = (float)(sum < 0 ? 0.01 * sum : sum);
        }

        return expected;
    }
}
