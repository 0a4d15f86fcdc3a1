using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>Bilinear resizing and pixels moved to channels, by PyTorch's definitions.</summary>
internal static unsafe class ReferenceResizing
{
    /// <summary>Resizes one plane. Positions are float32, as PyTorch computes them; values are weighted in double precision.</summary>
    internal static void Bilinear(float* x, in TensorView input, float* y, in TensorView output)
    {
        for (int row = 0; row < output.Height; row++)
        {
            float inRow = Position(row, input.Height, output.Height);
            int above = Math.Min((int)MathF.Floor(inRow), input.Height - 1);
            int below = above < input.Height - 1 ? above + 1 : above;
            double down = Math.Min(inRow - above, 1);
            for (int column = 0; column < output.Width; column++)
            {
                float inColumn = Position(column, input.Width, output.Width);
                int left = Math.Min((int)MathF.Floor(inColumn), input.Width - 1);
                int right = left < input.Width - 1 ? left + 1 : left;
                double across = Math.Min(inColumn - left, 1);
                double top = (x[(above * input.Width) + left] * (1 - across)) + (x[(above * input.Width) + right] * across);
                double bottom = (x[(below * input.Width) + left] * (1 - across)) + (x[(below * input.Width) + right] * across);
                y[(row * output.Width) + column] = (float)((top * (1 - down)) + (bottom * down));
            }
        }
    }

    /// <summary>One output channel of one image: (x * side + y) * C + c is channel c of the pixel in column x and row y of each block.</summary>
    internal static void PixelsToChannels(int side, int channel, float* image, in TensorView input, float* y, in TensorView output)
    {
        int inChannel = channel % input.Channels;
        int blockRow = channel / input.Channels % side;
        int blockColumn = channel / input.Channels / side;
        float* plane = image + (inChannel * input.PlaneStride);
        for (int row = 0; row < output.Height; row++)
        {
            for (int column = 0; column < output.Width; column++)
            {
                y[(row * output.Width) + column] = plane[(((row * side) + blockRow) * input.Width) + (column * side) + blockColumn];
            }
        }
    }

    private static float Position(int index, int input, int output)
    {
        float scale = (float)input / output;
        float position = (scale * (index + 0.5f)) - 0.5f;
        return position < 0 ? 0 : position;
    }
}
