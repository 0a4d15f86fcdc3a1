using DeepVision.Tensors;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A map, or a vector as a map of one pixel, in double precision.</summary>
internal sealed class NaiveTensor(TensorShape shape, double[] values)
{
    internal NaiveTensor(TensorShape shape)
        : this(shape, new double[shape.ElementCount])
    {
    }

    internal double[] Values => values;

    internal int Batch => shape.Batch;

    internal int Channels => shape.Channels;

    internal int Height => shape.Rank == 4 ? shape.Height : 1;

    internal int Width => shape.Rank == 4 ? shape.Width : 1;

    internal double this[int n, int c, int y, int x]
    {
        get => values[Index(n, c, y, x)];
        set => values[Index(n, c, y, x)] = value;
    }

    /// <summary>All channels of a pixel.</summary>
    internal double[] Pixel(int n, int y, int x) => [.. Enumerable.Range(0, Channels).Select(c => this[n, c, y, x])];

    private int Index(int n, int c, int y, int x) => (((((n * Channels) + c) * Height) + y) * Width) + x;
}
