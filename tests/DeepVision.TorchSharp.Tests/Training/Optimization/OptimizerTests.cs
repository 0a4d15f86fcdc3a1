using System.Text.Json;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training.Optimization;

public sealed class OptimizerTests
{
    // Ten steps in float64 on both sides, from float32 weights.
    private const double Tolerance = 1e-9;
    private static readonly HashSet<string> s_noKeys = [];

    [TorchFact]
    public void AdamW_TenSteps_GivesPythonsLossesAndWeights()
    {
        JsonElement golden = TrainingGolden.Load("losses").GetProperty("adamw");
        using DisposeScope scope = NewDisposeScope();
        Parameter weight = Values("adamw.weight", 6, 5), bias = Values("adamw.bias", 6);
        using Tensor input = Values("adamw.input", 5, 7).detach();
        using ParameterOptimizer optimizer = new AdamWSpec { LearningRate = 0.05, WeightDecay = 0.02 }.Create(
            [new TrainedParameter("weight", weight, 1), new TrainedParameter("bias", bias, 1)]);
        double[] losses = Doubles(golden.GetProperty("losses"));
        for (int step = 0; step < losses.Length; step++)
        {
            using Tensor sine = (weight.matmul(input) + bias.unsqueeze(1)).sin();
            using Tensor loss = (sine * sine).sum();
            weight.grad = null;
            bias.grad = null;
            loss.backward();
            Assert.Equal(losses[step], loss.item<double>(), Tolerance);
            optimizer.Step(step, 1);
        }

        AssertClose(Doubles(golden.GetProperty("weight")), weight);
        AssertClose(Doubles(golden.GetProperty("bias")), bias);
    }

    [TorchFact]
    public void Average_IsTheRecurrenceByHand()
    {
        using VisionModule module = SmallRun.Module();
        Parameter parameter = module.get_parameter("conv1.weight")!;
        using var average = new WeightAverage(module, new AverageOptions { Decay = 0.6, Ramp = 2 });
        double expected = parameter.detach().reshape(-1).data<float>()[0];
        using IDisposable noGrad = no_grad();
        for (int step = 1; step <= 8; step++)
        {
            parameter.add_(step);
            double value = parameter.detach().reshape(-1).data<float>()[0];
            double keep = Math.Min(0.6, step / (step + 2.0));
            expected = (keep * expected) + ((1 - keep) * value);
            average.Update(step);
        }

        float last = parameter.detach().reshape(-1).data<float>()[0];
        average.Swap();
        Assert.Equal(expected, parameter.detach().reshape(-1).data<float>()[0], 4);
        average.Swap();
        Assert.Equal(last, parameter.detach().reshape(-1).data<float>()[0]);
    }

    [Theory]
    [InlineData(1, 1.0 / 11)]
    [InlineData(10, 0.5)]
    [InlineData(100_000, 0.998)]
    public void KeepAt_Early_IsShort(long step, double keep) => Assert.Equal(keep, new AverageOptions().KeepAt(step), 12);

    [TorchTheory]
    [InlineData(WeightDecayScope.Matrices, 1.0)]
    [InlineData(WeightDecayScope.All, 0.9)]
    public void WeightDecay_OfAVector_DependsOnTheScope(WeightDecayScope scope, double expected)
    {
        using Parameter bias = nn.Parameter(ones(3));
        bias.grad = zeros(3);
        using ParameterOptimizer optimizer = new SgdSpec { LearningRate = 0.1, WeightDecay = 1, Momentum = 0, Decayed = scope }.Create([new TrainedParameter("bias", bias, 1)]);
        optimizer.Step(0, 1);
        Assert.Equal(expected, bias.detach().data<float>()[0], 6);
    }

    private static double[] Doubles(JsonElement values) => [.. values.EnumerateArray().Select(e => e.GetDouble())];

    private static void AssertClose(double[] expected, Tensor found)
    {
        double[] values = found.detach().reshape(-1).data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], values[i], Tolerance);
        }
    }

    private static Parameter Values(string key, params int[] shape)
    {
        float[] values = ParityWeights.Values(key, new TensorShape(shape), s_noKeys);
        return nn.Parameter(tensor(values, [.. shape.Select(extent => (long)extent)], dtype: ScalarType.Float64));
    }
}
