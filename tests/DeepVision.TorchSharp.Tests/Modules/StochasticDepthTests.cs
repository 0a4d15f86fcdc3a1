using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>Stochastic depth drops whole images in training, and nothing else.</summary>
[Collection(AloneCollection.Name)]
public sealed class StochasticDepthTests
{
    private const float Probability = 0.25f;
    private const int Images = 400;

    private static readonly HostTensor Ones = Filled();

    [TorchFact]
    public void Training_DropsImagesAndScalesTheOthers_BySeed()
    {
        using GraphModule module = Build(Probability);
        module.Root.train();

        float[] factors = Factors(module, seed: 3);

        // 100 of 400 are expected, with a standard deviation of 8.7.
        Assert.Equal([0, 1 / (1 - Probability)], factors.Distinct().Order());
        Assert.InRange(factors.Count(factor => factor == 0), 60, 140);
        Assert.Equal(factors, Factors(module, seed: 3));
        Assert.NotEqual(factors, Factors(module, seed: 4));
    }

    [TorchTheory]
    [InlineData(true, 0f)]
    [InlineData(false, Probability)]
    public void EvaluationOrNoChance_ChangesNothing(bool training, float probability)
    {
        using GraphModule module = Build(probability);
        module.Root.train(training);

        Assert.All(Factors(module, seed: 3), factor => Assert.Equal(1, factor));
    }

    [TorchFact]
    public void Gradient_OfADroppedImage_IsZero()
    {
        using GraphModule module = Build(Probability);
        module.Root.train();
        using var scope = NewDisposeScope();
        Tensor input = Ones.ToTorch().requires_grad_();
        Tensor output = module.Root.call([input])[0];
        output.sum().backward();

        Assert.Equal(output.ToHost().Values.ToArray(), input.grad!.ToHost().Values.ToArray());
    }

    // The factor of each image, the same for all its values.
    private static float[] Factors(GraphModule module, long seed)
    {
        random.manual_seed(seed);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        HostTensor output = module.Root.call([Ones.ToTorch()])[0].ToHost();
        float[] factors = new float[Images];
        int size = output.Values.Length / Images;
        for (int i = 0; i < Images; i++)
        {
            factors[i] = Assert.Single(output.Values.Slice(i * size, size).ToArray().Distinct());
        }

        return factors;
    }

    private static GraphModule Build(float probability) => new(GraphModule.Write(3, (builder, image) =>
        builder.Output("out", builder.Root.Add("depth", new StochasticDepth { Probability = probability }, image))));

    private static HostTensor Filled()
    {
        var tensor = new HostTensor(new TensorShape(Images, 3, 2, 2));
        tensor.Values.Fill(1);
        return tensor;
    }
}
