using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>The formulas of operations.</summary>
internal static class NaiveOperations
{
    /// <summary>Computes every element of a result.</summary>
    internal static void Fill(NaiveTensor result, Operation operation, NaiveTensor[] inputs, double[][] parameters)
    {
        for (int n = 0; n < result.Batch; n++)
        {
            for (int c = 0; c < result.Channels; c++)
            {
                for (int y = 0; y < result.Height; y++)
                {
                    for (int x = 0; x < result.Width; x++)
                    {
                        result[n, c, y, x] = Element(operation, inputs, parameters, result, n, c, y, x);
                    }
                }
            }
        }
    }

    private static double Element(
        Operation operation, NaiveTensor[] inputs, double[][] parameters, NaiveTensor result, int n, int c, int y, int x)
    {
        NaiveTensor input = inputs[0];
        switch (operation)
        {
            case SliceChannels slice:
                return input[n, c + slice.First, y, x];
            case ChannelShuffle shuffle:
                return input[n, (c % shuffle.Groups * (input.Channels / shuffle.Groups)) + (c / shuffle.Groups), y, x];
            case SpaceToDepth { BlockSize: var block }:
                (int place, int channel) = Math.DivRem(c, input.Channels);
                return input[n, channel, (y * block) + (place % block), (x * block) + (place / block)];
            case ChannelPool { Kind: PoolingKind.Average }:
                return input.Pixel(n, y, x).Average();
            case ChannelPool:
                return input.Pixel(n, y, x).Max();
            case LayerNorm norm:
                double mean = input.Pixel(n, y, x).Average();
                double variance = input.Pixel(n, y, x).Average(value => (value - mean) * (value - mean));
                return ((input[n, c, y, x] - mean) / Math.Sqrt(variance + norm.Epsilon) * parameters[0][c]) + parameters[1][c];
            case L2Normalize normalize:
                return input[n, c, y, x] / Math.Max(Math.Sqrt(input.Pixel(n, y, x).Sum(value => value * value)), normalize.Epsilon);
            case ChannelScale:
                return input[n, c, y, x] * parameters[0][c];
            case StochasticDepth:
                return input[n, c, y, x];
            case WeightedAdd add:
                double[] weights = [.. parameters[0].Select(weight => Math.Max(weight, 0))];
                return inputs.Zip(weights, (each, weight) => each[n, c, y, x] * weight).Sum() / (weights.Sum() + add.Epsilon);
            case Multiply:
                NaiveTensor by = inputs[1];
                return input[n, c, y, x] * by[n, by.Channels == 1 ? 0 : c, by.Height == 1 ? 0 : y, by.Width == 1 ? 0 : x];
            case Linear linear:
                return Dot(parameters[0], c, input.Pixel(n, y, x)) + (linear.HasBias ? parameters[1][c] : 0);
            case UpsampleLike { Mode: UpsampleMode.Bilinear }:
                return Bilinear(input, n, c, (y + 0.5) * input.Height / result.Height, (x + 0.5) * input.Width / result.Width);
            case MapToTokens:
                return y == 0 ? parameters[0][c] : input[n, c, (y - 1) / input.Width, (y - 1) % input.Width];
            case AddPositions:
                return input[n, c, y, x] + parameters[0][(y * input.Channels) + c];
            case TakeToken take:
                return input[n, c, take.Index, 0];
            case TokensToMap:
                return input[n, c, 1 + (y * result.Width) + x, 0];
            case AttentionHeads { Heads: var heads }:
                return Attend([.. Enumerable.Range(0, input.Height).Select(token => input.Pixel(n, token, 0))], heads, y)[c];
            case SelfAttention { Heads: var heads }:
                double[][] projected = [.. Enumerable.Range(0, input.Height).Select(token => Project(input.Pixel(n, token, 0), parameters[0], parameters[1]))];
                return Dot(parameters[2], c, Attend(projected, heads, y)) + parameters[3][c];
            default:
                throw new NotSupportedException(operation.Describe());
        }
    }

    // Tokens of queries, keys and values; the mixed values of one token.
    private static double[] Attend(double[][] tokens, int heads, int token)
    {
        int channels = tokens[0].Length / 3;
        int size = channels / heads;
        var result = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            int first = c / size * size;
            double[] shares =
            [
                .. tokens.Select(other => Math.Exp(
                    Enumerable.Range(first, size).Sum(i => tokens[token][i] * other[channels + i]) / Math.Sqrt(size))),
            ];
            result[c] = tokens.Zip(shares, (other, share) => other[(2 * channels) + c] * share).Sum() / shares.Sum();
        }

        return result;
    }

    private static double[] Project(double[] pixel, double[] weight, double[] bias) =>
        [.. bias.Select((shift, row) => Dot(weight, row, pixel) + shift)];

    private static double Dot(double[] matrix, int row, double[] vector) =>
        vector.Select((value, column) => matrix[(row * vector.Length) + column] * value).Sum();

    // Pixel centers are halves; places before the first center take the first pixel.
    private static double Bilinear(NaiveTensor map, int n, int c, double row, double column)
    {
        (double y, double x) = (Math.Max(row - 0.5, 0), Math.Max(column - 0.5, 0));
        (int top, int left) = ((int)y, (int)x);
        (int bottom, int right) = (Math.Min(top + 1, map.Height - 1), Math.Min(left + 1, map.Width - 1));
        (double down, double across) = (y - top, x - left);
        return ((1 - down) * (((1 - across) * map[n, c, top, left]) + (across * map[n, c, top, right])))
            + (down * (((1 - across) * map[n, c, bottom, left]) + (across * map[n, c, bottom, right])));
    }
}
