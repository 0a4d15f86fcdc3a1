using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Random;

public sealed class RandomTests
{
    [LibTorchFact]
    public void ManualSeed_ThenDraws_GivePythonsNumbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(42).Dispose();

        TensorAssert.Equal([0.8822692632675171f, 0.9150039553642273f, 0.38286375999450684f, 0.9593056440353394f], rand(4));
        TensorAssert.Equal([0.23446236550807953f, 0.23033303022384644f, -1.1228563785552979f, -0.18632829189300537f], randn(4));
        TensorAssert.Equal([2, 5, 1, 4, 0, 3], randperm(6));
        TensorAssert.Equal([95, 67, 6, 49, 76], randint(0, 100, [5L]));
        TensorAssert.Equal([1, 0, 0, 1, 0, 1], empty(6).bernoulli_());
        TensorAssert.Equal([-0.32470452785491943f, 0.6179499626159668f, 0.15585076808929443f], empty(3).uniform_(-1, 1));
        TensorAssert.Equal([2.559030771255493f, 6.881780624389648f, 5.364328384399414f], empty(3).normal_(2, 3));
        Assert.Equal(42, initial_seed());
    }

    [LibTorchFact]
    public void Generator_OfItsOwn_LeavesTheDefaultOneAlone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        manual_seed(1).Dispose();
        float[] expected = rand(3).data<float>().ToArray();
        manual_seed(1).Dispose();

        TensorAssert.Equal([0.5349225401878357f, 0.19880318641662598f, 0.6592116951942444f], rand([3L], generator: generator));
        TensorAssert.Equal([1, 2, 0, 2, 2], tensor(new float[] { 0.1f, 0.2f, 0.7f }).multinomial(5, true, generator));
        TensorAssert.Equal(expected, rand(3));
        Assert.Equal(7, generator.initial_seed());
    }

    [LibTorchFact]
    public void RandomState_SetAgain_GoesOnExactlyThere()
    {
        using var scope = NewDisposeScope();
        manual_seed(3).Dispose();

        // An odd number of normal draws leaves half a pair in the generator, which belongs to its state.
        _ = randn(3);
        Tensor state = get_rng_state();
        float[] expected = randn(5).data<float>().ToArray();
        _ = rand(11);
        set_rng_state(state);

        Assert.Equal(expected, randn(5).data<float>().ToArray());
    }

    [LibTorchFact]
    public void GeneratorState_InAnotherGenerator_GivesTheSameNumbers()
    {
        using var scope = NewDisposeScope();
        using var one = new Generator(9);
        using var other = new Generator();
        _ = rand([4L], generator: one);
        other.set_state(one.get_state());

        Assert.Equal(rand([6L], generator: one).data<float>().ToArray(), rand([6L], generator: other).data<float>().ToArray());
    }
}
