using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>Norms by their definitions, in double precision.</summary>
internal static unsafe class ReferenceNormalization
{
    /// <summary>Group norm of one group of one image.</summary>
    internal static void Group(
        int groups, double epsilon, float* factor, float* shift, float* x, in TensorView input, float* y, in TensorView output, int image, int group)
    {
        int channels = input.Channels / groups;
        double sum = 0;
        for (int c = group * channels; c < (group + 1) * channels; c++)
        {
            for (int p = 0; p < input.Pixels; p++)
            {
                sum += x[(image * input.ImageStride) + (c * input.PlaneStride) + p];
            }
        }

        double count = (double)channels * input.Pixels;
        double mean = sum / count;
        double squares = 0;
        for (int c = group * channels; c < (group + 1) * channels; c++)
        {
            for (int p = 0; p < input.Pixels; p++)
            {
                double difference = x[(image * input.ImageStride) + (c * input.PlaneStride) + p] - mean;
                squares += difference * difference;
            }
        }

        double scale = 1 / Math.Sqrt((squares / count) + epsilon);
        for (int c = group * channels; c < (group + 1) * channels; c++)
        {
            for (int p = 0; p < input.Pixels; p++)
            {
                double value = x[(image * input.ImageStride) + (c * input.PlaneStride) + p] - mean;
                y[(image * output.ImageStride) + (c * output.PlaneStride) + p] = (float)((value * scale * factor[c]) + shift[c]);
            }
        }
    }

    /// <summary>Layer norm over the channels, for every pixel of one image.</summary>
    internal static void Layer(double epsilon, float* factor, float* shift, float* x, in TensorView input, float* y, in TensorView output)
    {
        for (int p = 0; p < input.Pixels; p++)
        {
            double mean = 0;
            for (int c = 0; c < input.Channels; c++)
            {
                mean += x[(c * input.PlaneStride) + p] / (double)input.Channels;
            }

            double variance = 0;
            for (int c = 0; c < input.Channels; c++)
            {
                double difference = x[(c * input.PlaneStride) + p] - mean;
                variance += difference * difference / input.Channels;
            }

            for (int c = 0; c < input.Channels; c++)
            {
                double value = (x[(c * input.PlaneStride) + p] - mean) / Math.Sqrt(variance + epsilon);
                y[(c * output.PlaneStride) + p] = (float)((value * factor[c]) + shift[c]);
            }
        }
    }

    /// <summary>Each pixel's channels over their Euclidean length, or over epsilon where that is larger, for one image.</summary>
    internal static void Length(double epsilon, float* x, in TensorView input, float* y, in TensorView output)
    {
        for (int p = 0; p < input.Pixels; p++)
        {
            double squares = 0;
            for (int c = 0; c < input.Channels; c++)
            {
                double value = x[(c * input.PlaneStride) + p];
                squares += value * value;
            }

            double length = Math.Max(Math.Sqrt(squares), epsilon);
            for (int c = 0; c < input.Channels; c++)
            {
                y[(c * output.PlaneStride) + p] = (float)(x[(c * input.PlaneStride) + p] / length);
            }
        }
    }

    /// <summary>Softmax along the channels, for every pixel of one image.</summary>
    internal static void Softmax(float* x, in TensorView input, float* y, in TensorView output)
    {
        for (int p = 0; p < input.Pixels; p++)
        {
            double largest = double.NegativeInfinity;
            for (int c = 0; c < input.Channels; c++)
            {
                largest = Math.Max(largest, x[(c * input.PlaneStride) + p]);
            }

            double sum = 0;
            for (int c = 0; c < input.Channels; c++)
            {
                sum += Math.Exp(x[(c * input.PlaneStride) + p] - largest);
            }

            for (int c = 0; c < input.Channels; c++)
            {
                y[(c * output.PlaneStride) + p] = (float)(Math.Exp(x[(c * input.PlaneStride) + p] - largest) / sum);
            }
        }
    }
}
