using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>Attention by its definition, in double precision.</summary>
internal static unsafe class ReferenceTokens
{
    /// <summary>One query of one head of one image. Scores are computed again in each pass instead of kept.</summary>
    internal static void Attend(int heads, int head, int query, float* x, in TensorView input, float* y, in TensorView output)
    {
        int channels = output.Channels / heads;
        float* queries = x + (head * channels * input.PlaneStride);
        float* keys = queries + (output.Channels * input.PlaneStride);
        float* values = keys + (output.Channels * input.PlaneStride);
        double largest = double.NegativeInfinity;
        for (int token = 0; token < input.Pixels; token++)
        {
            largest = Math.Max(largest, Score(queries + query, keys + token, input.PlaneStride, channels));
        }

        double total = 0;
        double* sums = stackalloc double[channels];
        new Span<double>(sums, channels).Clear();
        for (int token = 0; token < input.Pixels; token++)
        {
            double weight = Math.Exp(Score(queries + query, keys + token, input.PlaneStride, channels) - largest);
            total += weight;
            for (int c = 0; c < channels; c++)
            {
                sums[c] += weight * values[(c * input.PlaneStride) + token];
            }
        }

        for (int c = 0; c < channels; c++)
        {
            y[(((head * channels) + c) * output.PlaneStride) + query] = (float)(sums[c] / total);
        }
    }

    private static double Score(float* query, float* key, long planeStride, int channels)
    {
        double sum = 0;
        for (int c = 0; c < channels; c++)
        {
            sum += (double)query[c * planeStride] * key[c * planeStride];
        }

        return sum / Math.Sqrt(channels);
    }
}
