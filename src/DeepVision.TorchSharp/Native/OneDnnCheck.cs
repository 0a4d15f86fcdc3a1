using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Native;

/// <summary>
/// Tries oneDNN on a few small convolutions beside a plain sum. Where a virtual machine hides the sizes of its caches, oneDNN 3.7 drops the
/// channels of the input that do not fill a block of 16: sums of 24, 40, 56, 72, 120 or 200 channels are 10 to 50 % wrong.
/// </summary>
internal static class OneDnnCheck
{
    // libtorch gives convolutions as small as these to oneDNN where there is more than one image.
    private const int Batch = 2;
    private const int Stride = 2;
    private const int Side = 9;
    private const int OutputSide = 5;
    private const int Outputs = 16;

    // A sum of 9 x 120 products of magnitude 1 errs by some 1e-6 of the largest; what goes wrong is above 0.1.
    private const double Tolerance = 1e-3;

    private static readonly int[] s_channels = [24, 72, 120, 64];

    /// <summary>A 3 x 3 convolution with stride 2 and padding 1: images (2, C, 9, 9) and weights (16, C, 3, 3) to (2, 16, 5, 5).</summary>
    internal delegate float[] Convolve(float[] images, float[] weights, int channels);

    /// <summary>Switches oneDNN off where a convolution comes out wrong, and says so; else leaves it as it is.</summary>
    /// <param name="convolve">The convolution to try.</param>
    /// <param name="turn">Switches oneDNN.</param>
    /// <param name="say">Hears what was found wrong.</param>
    /// <exception cref="NotSupportedException">It is wrong without oneDNN as well, or cannot be switched off.</exception>
    internal static void Decide(Convolve convolve, Action<bool> turn, Action<string> say)
    {
        if (FindError(convolve) is not { } error)
        {
            return;
        }

        turn(false);
        if (FindError(convolve) is { } still)
        {
            throw new NotSupportedException(
                $"libtorch computes wrong sums on this machine, with oneDNN and without: {still}. Use DeepVision's own engine (CompileForCpu), or another libtorch.");
        }

        say($"DeepVision: WARNING: libtorch's oneDNN computes wrong sums on this machine: {error}. Virtual machines that hide their caches bring it about. "
            + "oneDNN is switched off for this process; convolutions are right now, and slower. "
            + $"{nameof(TorchRuntime)}.{nameof(TorchRuntime.Initialize)}({nameof(OneDnnUse)}.{nameof(OneDnnUse.Off)}) does the same without this warning.");
    }

    /// <summary>The convolution as libtorch computes it now.</summary>
    internal static float[] ByLibTorch(float[] images, float[] weights, int channels)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor input = from_array(images).reshape(Batch, channels, Side, Side);
        Tensor filters = from_array(weights).reshape(Outputs, channels, 3, 3);
        return nn.functional.conv2d(input, filters, strides: [(long)Stride, Stride], padding: [1L, 1L]).contiguous().data<float>().ToArray();
    }

    // What is wrong, in words; null where all is right.
    private static string? FindError(Convolve convolve)
    {
        foreach (int channels in s_channels)
        {
            float[] images = Numbers(Batch * channels * Side * Side, 7);
            float[] weights = Numbers(Outputs * channels * 9, 11);
            float[] found = convolve(images, weights, channels);
            double[] expected = Sum(images, weights, channels);
            double worst = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                double error = Math.Abs(found[i] - expected[i]);
                worst = error > worst || double.IsNaN(error) ? error : worst;
            }

            double largest = expected.Max(Math.Abs);
            if (!(worst <= Tolerance * largest))
            {
                return FormattableString.Invariant($"a 3 x 3 convolution of {channels} channels is off by {worst / largest:0.0%} of its largest value");
            }
        }

        return null;
    }

    // Numbers in [-1, 1] that do not repeat with the channel.
    private static float[] Numbers(int count, uint seed)
    {
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            seed = (seed * 1664525) + 1013904223;
            numbers[i] = (int)seed / 2147483648f;
        }

        return numbers;
    }

    private static double[] Sum(float[] images, float[] weights, int channels)
    {
        var sums = new double[Batch * Outputs * OutputSide * OutputSide];
        for (int i = 0; i < sums.Length; i++)
        {
            (int n, int output) = Math.DivRem(i / (OutputSide * OutputSide), Outputs);
            (int top, int left) = ((i / OutputSide % OutputSide * Stride) - 1, (i % OutputSide * Stride) - 1);
            for (int y = Math.Max(top, 0); y < Math.Min(top + 3, Side); y++)
            {
                for (int x = Math.Max(left, 0); x < Math.Min(left + 3, Side); x++)
                {
                    for (int c = 0; c < channels; c++)
                    {
                        double weight = weights[(((((output * channels) + c) * 3) + y - top) * 3) + x - left];
                        sums[i] += weight * images[(((((n * channels) + c) * Side) + y) * Side) + x];
                    }
                }
            }
        }

        return sums;
    }
}
