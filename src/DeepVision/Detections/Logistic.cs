using System.Runtime.CompilerServices;

namespace DeepVision.Detections;

/// <summary>
/// Exponential and logistic function in float32, the same bits on every machine and instruction set (fused multiply-add
/// is exact everywhere) and the same bits as PyTorch's vectorized CPU kernels, so that decoding gives torchvision's numbers:
/// a two-part reduction by ln 2, a polynomial of degree 7 by Horner's rule in fused steps, then 1 / (1 + e). The
/// coefficients are those of the library that PyTorch takes its exponential from (SLEEF, <c>expf</c> of 1.0 ulp).
/// </summary>
internal static class Logistic
{
    // ln 2 in two parts: the first has 12 low zero bits, so that a small integer times it is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.42860677e-6f;
    private const float Log2E = 1.44269504f;

    // exp(s) = 1 + s + s^2 (C2 + C3 s + ... + C7 s^5) on |s| <= ln 2 / 2.
    private const float C2 = 0.5f;
    private const float C3 = 0.16666667f;
    private const float C4 = 0.041666485f;
    private const float C5 = 0.008333361f;
    private const float C6 = 0.0013930436f;
    private const float C7 = 0.00019852762f;

    // Beyond these, every result is infinity or zero in float32.
    private const float Overflow = 89f;
    private const float Underflow = -104f;

    // 2^-20: more than the relative error of Sigmoid (4 ulp), and the distance from 1 up to which its inverse is trusted.
    private const double Slack = 1.0 / (1 << 20);

    /// <summary>e to the power x: within 1 ulp of the true value; NaN for NaN.</summary>
    public static float Exp(float x)
    {
        if (!(x < Overflow))
        {
            return float.IsNaN(x) ? x : float.PositiveInfinity;
        }

        if (x < Underflow)
        {
            return 0f;
        }

        float power = MathF.Round(x * Log2E);
        float s = MathF.FusedMultiplyAdd(power, -Ln2High, x);
        s = MathF.FusedMultiplyAdd(power, -Ln2Low, s);

        float u = MathF.FusedMultiplyAdd(C7, s, C6);
        u = MathF.FusedMultiplyAdd(u, s, C5);
        u = MathF.FusedMultiplyAdd(u, s, C4);
        u = MathF.FusedMultiplyAdd(u, s, C3);
        u = MathF.FusedMultiplyAdd(u, s, C2);
        u = 1f + MathF.FusedMultiplyAdd(s * s, u, s);

        // The scale is a double, so that overflow and subnormal results are rounded once.
        double scale = BitConverter.Int64BitsToDouble((1023L + (int)power) << 52);
        return (float)(u * scale);
    }

    /// <summary>1 / (1 + exp(-x)), 0 to 1; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => 1f / (1f + Exp(-x));

    /// <summary>
    /// A logit at or below which no <see cref="Sigmoid"/> reaches <paramref name="score"/>: the true inverse, lowered by
    /// more than the function's error, so comparing with it may let a few too many pass but never drops one.
    /// </summary>
    /// <param name="score">A score from 0 to 1.</param>
    public static float LogitBelow(float score)
    {
        // Sigmoid is 0 below the overflow of exp(-x), so nothing smaller can reach any positive score.
        if (score <= 0f)
        {
            return -Overflow - 1f;
        }

        // d(logit) = d(score) / (score (1 - score)). The last term covers the rounding of the logit itself.
        double bounded = Math.Min(score, 1.0 - Slack);
        double logit = Math.Log(bounded) - Math.Log(1.0 - bounded);
        return (float)(logit - (Slack / (1.0 - bounded)) - (Math.Abs(logit) * Slack));
    }
}
