using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class InitTests
{
    // 20 x 30 x 5 x 5: fan in 750, fan out 500, 15,000 values.
    private static Tensor Weight => empty(20, 30, 5, 5);

    [LibTorchFact]
    public void CalculateFanInAndFanOut_Weights_CountsTaps()
    {
        using var scope = NewDisposeScope();

        Assert.Equal((750, 500), init.CalculateFanInAndFanOut(Weight));
        Assert.Equal((3, 2), init.CalculateFanInAndFanOut(empty(2, 3)));
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(empty(2)));
    }

    [LibTorchFact]
    public void Uniform_Rules_FillTheirIntervals()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);

        AssertUniform(init.kaiming_uniform_(Weight, Math.Sqrt(5)), 1 / Math.Sqrt(750));
        AssertUniform(init.kaiming_uniform_(Weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU), Math.Sqrt(6.0 / 500));
        AssertUniform(init.xavier_uniform_(Weight, 2), 2 * Math.Sqrt(6.0 / 1250));
        AssertUniform(init.uniform_(Weight, -0.5, 0.5), 0.5);
    }

    [LibTorchFact]
    public void Normal_Rules_HaveTheirDeviations()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);

        AssertNormal(init.kaiming_normal_(Weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU), 0, Math.Sqrt(2.0 / 500));
        AssertNormal(init.xavier_normal_(Weight), 0, Math.Sqrt(2.0 / 1250));
        AssertNormal(init.normal_(Weight, 3, 0.01), 3, 0.01);
    }

    [LibTorchFact(PackageDiffers = "trunc_normal_ does not keep its bounds")]
    public void TruncNormal_Bounds_AreKeptAndReached()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);

        var values = Fixture.Values(init.trunc_normal_(Weight, 0.5, 1, -0.5, 2));

        Assert.InRange(values.Min(), -0.5f, -0.49f);
        Assert.InRange(values.Max(), 1.99f, 2f);

        // Cut at -1 and +1.5 deviations, the mean moves by (phi(1) - phi(1.5)) / (Phi(1.5) - Phi(-1)) = 0.1450; five standard errors are 0.027.
        Assert.Equal(0.5 + 0.1450, values.Average(v => (double)v), 0.027);
    }

    [LibTorchFact]
    public void ConstantsOnParameters_NeedNoGradModeAndGiveTheTensorBack()
    {
        using var layer = nn.Linear(2, 3);

        Assert.Same(layer.weight, init.constant_(layer.weight, 0.5));
        Assert.All(Fixture.Values(layer.weight), value => Assert.Equal(0.5f, value));
        Assert.All(Fixture.Values(init.ones_(layer.weight)), value => Assert.Equal(1, value));
        Assert.All(Fixture.Values(init.zeros_(layer.bias!)), value => Assert.Equal(0, value));
        Assert.True(layer.weight.requires_grad);
    }

    [LibTorchFact]
    public void CalculateGain_Nonlinearities_AreThoseOfPyTorch()
    {
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Conv2D));
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU));
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2 / 1.04), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.2));
    }

    private static void AssertUniform(Tensor tensor, double bound)
    {
        var values = Fixture.Values(tensor);
        Assert.InRange(values.Max(), 0.99 * bound, bound * 1.000001);
        Assert.InRange(values.Min(), -bound * 1.000001, -0.99 * bound);

        // Five standard errors of a uniform distribution's mean.
        Assert.InRange(values.Average(v => (double)v), -5 * bound / Math.Sqrt(3 * values.Length), 5 * bound / Math.Sqrt(3 * values.Length));
    }

    private static void AssertNormal(Tensor tensor, double mean, double deviation)
    {
        var values = Fixture.Values(tensor).Select(v => (double)v).ToArray();
        var average = values.Average();
        var spread = Math.Sqrt(values.Average(v => (v - average) * (v - average)));
        Assert.InRange(average, mean - (5 * deviation / Math.Sqrt(values.Length)), mean + (5 * deviation / Math.Sqrt(values.Length)));
        Assert.InRange(spread / deviation, 1 - (5 / Math.Sqrt(2 * values.Length)), 1 + (5 / Math.Sqrt(2 * values.Length)));
    }
}
