using DeepVision.Detections;

namespace DeepVision.Tests.Detections;

public sealed class LogisticTests
{
    [Fact]
    public void Exp_OverItsRange_IsWithinOneUlp()
    {
        for (int i = -87_000; i <= 88_700; i++)
        {
            float x = i * 1e-3f;

            int distance = Math.Abs(BitConverter.SingleToInt32Bits(Logistic.Exp(x)) - BitConverter.SingleToInt32Bits((float)Math.Exp(x)));

            Assert.True(distance <= 1, $"exp({x}) is {Logistic.Exp(x)}, {distance} ulp from {(float)Math.Exp(x)}.");
        }
    }

    // FNV-1a over the bits, word by word, of torch.exp and torch.sigmoid of numpy.arange(-87000, 88701, dtype=float32) * 1e-3f.
    [Theory]
    [InlineData(false, 0x9a0b90b6e697c1deUL)]
    [InlineData(true, 0xadaa7fa032195f84UL)]
    public void ExpAndSigmoid_OverTheRange_HavePyTorchsBits(bool sigmoid, ulong expected)
    {
        ulong hash = 0xcbf29ce484222325;
        for (int i = -87_000; i <= 88_700; i++)
        {
            float x = i * 1e-3f;
            hash = (hash ^ BitConverter.SingleToUInt32Bits(sigmoid ? Logistic.Sigmoid(x) : Logistic.Exp(x))) * 0x100000001b3;
        }

        Assert.Equal(expected, hash);
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(89f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(-104.5f, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(-100f, 3.783506e-44f)]
    public void Exp_AtTheEnds_IsAsInMath(float x, float expected) => Assert.Equal(expected, Logistic.Exp(x));

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Sigmoid_SpecialValues(float x, float expected) => Assert.Equal(expected, Logistic.Sigmoid(x));

    [Fact]
    public void Sigmoid_OverItsRange_IsWithinFourUlp()
    {
        for (int i = -80_000; i <= 30_000; i++)
        {
            float x = i * 1e-3f;
            float exact = (float)(1.0 / (1.0 + Math.Exp(-(double)x)));

            int distance = Math.Abs(BitConverter.SingleToInt32Bits(Logistic.Sigmoid(x)) - BitConverter.SingleToInt32Bits(exact));

            Assert.True(distance <= 4, $"sigmoid({x}) is {Logistic.Sigmoid(x)}, {distance} ulp from {exact}.");
        }
    }

    [Fact]
    public void LogitBelow_NoLogitAtOrBelowItReachesTheScore()
    {
        float[] scores = [0f, 1e-45f, 1e-38f, 1e-20f, 1e-6f, 0.01f, 0.05f, 0.3f, 0.5f, 0.9f, 0.999f, 0.99999f, 0.9999999f, 1f];
        foreach (float score in scores)
        {
            float bound = Logistic.LogitBelow(score);
            float logit = bound;
            for (int step = 0; step < 2000; step++)
            {
                float value = Logistic.Sigmoid(logit);
                Assert.True(value < score || value == 0f, $"sigmoid({logit}) = {value} reaches {score} at or below the bound {bound}.");
                logit = MathF.BitDecrement(logit);
            }
        }
    }

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.05f)]
    [InlineData(0.5f)]
    [InlineData(0.95f)]
    public void LogitBelow_IsCloseToTheInverse(float score)
    {
        double exact = Math.Log(score / (1.0 - score));

        Assert.InRange(exact - Logistic.LogitBelow(score), 0, 1e-4);
    }
}
