using System.Numerics;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Memory of one <see cref="RegionStep"/>: the proposals of each image, and of all images in a row.</summary>
internal sealed class RegionBuffers
{
    private Region[] _regions = [];
    private float[] _rows = [];

    /// <summary>The proposals of each image; a decoder puts longer arrays here where these are too short.</summary>
    public Box[][] Proposals { get; private set; } = [];

    /// <summary>How many each image has.</summary>
    public int[] Counts { get; private set; } = [];

    public Region[] Regions => _regions;

    public float[] Rows => _rows;

    /// <summary>Makes room for so many images.</summary>
    public void Begin(int images)
    {
        if (Counts.Length < images)
        {
            Counts = new int[images];
            Proposals = [.. Proposals, .. Enumerable.Repeat(Array.Empty<Box>(), images - Proposals.Length)];
        }
    }

    /// <summary>Makes room for so many regions, and for rows of so many numbers.</summary>
    public void Reserve(int regions, int rowLength)
    {
        Grow(ref _regions, regions);
        Grow(ref _rows, checked(regions * rowLength));
    }

    // Their number differs from image to image; powers of two soon fit all.
    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[Math.Min(BitOperations.RoundUpToPowerOf2((uint)length), Array.MaxLength)];
        }
    }

    /// <summary>A proposal and where it is cut out of.</summary>
    internal readonly record struct Region(int Image, int Map, float Scale, Box Box);
}
