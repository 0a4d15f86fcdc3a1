using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Visualization;

/// <summary>
/// Eigen-CAM (Muhammad and Yeasin, 2020): where a feature map is strongest along the direction in which it varies most, its first
/// right singular vector. It needs no class and no gradient, so that any engine can make it.
/// </summary>
public static class EigenCam
{
    private const int MostIterations = 1000;
    private const double Tolerance = 1e-9;

    /// <summary>Explains one image on a tapped feature.</summary>
    /// <param name="model">A model that was built with <c>Tap(feature)</c>.</param>
    /// <param name="image">The image.</param>
    /// <param name="feature">The tapped feature, like <c>C5</c> or <c>P4</c>.</param>
    /// <exception cref="ArgumentException">The model gives no map of this name.</exception>
    public static ActivationMap Explain(CompiledModel model, RgbImage image, string feature)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrEmpty(feature);
        PreparedImage prepared = model.Preprocessing.Prepare(image);
        IReadOnlyDictionary<string, HostTensor> outputs = model.Run(prepared);
        if (!outputs.TryGetValue(feature, out HostTensor? map) || map.Shape.Rank != 4)
        {
            string maps = string.Join(", ", outputs.Where(output => output.Value.Shape.Rank == 4).Select(output => output.Key));
            throw new ArgumentException(
                $"'{model.Name}' gives no map '{feature}'; it gives {(maps.Length == 0 ? "none" : maps)}. Build the model with Tap(\"{feature}\").",
                nameof(feature));
        }

        return new ActivationMap(Project(map.Values, map.Shape.Channels, map.Shape.Height * map.Shape.Width), map.Shape.Width, map.Shape.Height, prepared.Geometry);
    }

    /// <summary>The values of each pixel along the first right singular vector, with the sign that makes their sum positive.</summary>
    /// <param name="map">One plane a channel.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="pixels">Pixels of a plane.</param>
    internal static float[] Project(ReadOnlySpan<float> map, int channels, int pixels)
    {
        // Power iteration from the mean of the channels: deterministic, and near the answer for maps behind a ReLU. It runs on the
        // products of channels, or of pixels where those are fewer: a step then costs their number squared and not the whole map.
        bool byChannel = channels <= pixels;
        int side = Math.Min(channels, pixels);
        double[] gram = byChannel
            ? GramMatrix.Of(map, channels, pixels, rowStride: pixels, columnStride: 1)
            : GramMatrix.Of(map, pixels, channels, rowStride: 1, columnStride: pixels);
        double[] direction = SumOfEachChannel(map, channels, pixels);
        Normalize(direction);
        if (!byChannel)
        {
            direction = OverPixels(map, direction, pixels);
            Normalize(direction);
        }

        for (int i = 0; i < MostIterations; i++)
        {
            var next = new double[side];
            for (int row = 0; row < side; row++)
            {
                next[row] = GramMatrix.Dot(gram.AsSpan(row * side, side), direction);
            }

            Normalize(next);
            double change = 0;
            for (int row = 0; row < side; row++)
            {
                change += Math.Abs(next[row] - direction[row]);
            }

            direction = next;
            if (change < Tolerance)
            {
                break;
            }
        }

        if (!byChannel)
        {
            direction = OverChannels(map, direction, channels);
            Normalize(direction);
        }

        double[] along = OverPixels(map, direction, pixels);
        double sign = along.Sum() < 0 ? -1 : 1;
        return Array.ConvertAll(along, value => (float)(sign * value));
    }

    private static double[] SumOfEachChannel(ReadOnlySpan<float> map, int channels, int pixels)
    {
        var sums = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            foreach (float value in map.Slice(c * pixels, pixels))
            {
                sums[c] += value;
            }
        }

        return sums;
    }

    // The channels' planes, weighted and added.
    private static double[] OverPixels(ReadOnlySpan<float> map, double[] weights, int pixels)
    {
        var sums = new double[pixels];
        for (int c = 0; c < weights.Length; c++)
        {
            ReadOnlySpan<float> plane = map.Slice(c * pixels, pixels);
            for (int p = 0; p < pixels; p++)
            {
                sums[p] += weights[c] * plane[p];
            }
        }

        return sums;
    }

    // The product of each channel's plane with the weights of the pixels.
    private static double[] OverChannels(ReadOnlySpan<float> map, double[] weights, int channels)
    {
        var sums = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> plane = map.Slice(c * weights.Length, weights.Length);
            for (int p = 0; p < plane.Length; p++)
            {
                sums[c] += weights[p] * plane[p];
            }
        }

        return sums;
    }

    // A zero vector becomes one along the first axis, so that a map of zeros, or one whose channels cancel, goes on.
    private static void Normalize(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        if (!(length > 0) || !double.IsFinite(length))
        {
            Array.Clear(vector);
            vector[0] = 1;
            return;
        }

        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] /= length;
        }
    }
}
