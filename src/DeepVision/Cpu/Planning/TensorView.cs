using System.Diagnostics;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// Where a tensor lies: channels in blocks of <see cref="Block"/> lanes, each block a plane of H x W vectors
/// (n, c / Block, y, x, c % Block). A block of 1 is plain (N, C, H, W). Lanes beyond the last channel are always zero.
/// A vector (N, F) is a map of 1 x 1 pixels.
/// </summary>
internal readonly record struct TensorView
{
    // Lines this far apart share a set of the first-level cache: 64 sets of 64 bytes, as today's x64 processors of both makers have. No page of memory.
    private const int SetsFloats = 4096 / sizeof(float);

    /// <summary>The buffer: an index into the pointer table of a run.</summary>
    internal required int Slot { get; init; }

    /// <summary>Floats from the buffer's start to the first value.</summary>
    internal long Offset { get; init; }

    internal required int Batch { get; init; }

    internal required int Channels { get; init; }

    internal required int Height { get; init; }

    internal required int Width { get; init; }

    /// <summary>Channels of a block.</summary>
    internal required int Block { get; init; }

    /// <summary>Floats from one plane to the next.</summary>
    internal required long PlaneStride { get; init; }

    /// <summary>Floats from one image of the batch to the next.</summary>
    internal required long ImageStride { get; init; }

    internal int Blocks => (Channels + Block - 1) / Block;

    internal int Pixels => Height * Width;

    /// <summary>Lanes of the last block that hold channels.</summary>
    internal int LastLanes => Channels - ((Blocks - 1) * Block);

    /// <summary>Floats from the first value to the end of the last plane.</summary>
    internal long Length => Batch * ImageStride;

    /// <summary>A tensor with a buffer of its own.</summary>
    internal static TensorView Create(int slot, int batch, int channels, int height, int width, int block)
    {
        long plane = checked((long)height * width * block);
        if (block > 1 && plane % SetsFloats == 0)
        {
            // Planes a multiple of 4 KiB apart would share the same few sets of the first-level cache.
            plane += SetsFloats / 4;
        }

        return new TensorView
        {
            Slot = slot,
            Batch = batch,
            Channels = channels,
            Height = height,
            Width = width,
            Block = block,
            PlaneStride = plane,
            ImageStride = checked(plane * ((channels + block - 1) / block)),
        };
    }

    /// <summary>A range of channels that starts at a block's first lane.</summary>
    internal TensorView Slice(int firstChannel, int channels)
    {
        Debug.Assert(firstChannel % Block == 0, "A view starts at a block.");
        return this with { Offset = Offset + (firstChannel / Block * PlaneStride), Channels = channels };
    }

    /// <summary>A map of some consecutive pixels, in their order.</summary>
    internal TensorView SlicePixels(int firstPixel, int height, int width)
    {
        Debug.Assert(firstPixel + ((long)height * width) <= Pixels, "A view stays within its tensor.");
        return this with { Offset = Offset + ((long)firstPixel * Block), Height = height, Width = width };
    }

    internal unsafe float* Resolve(float** slots) => slots[Slot] + Offset;

    public override string ToString() => $"{Batch}x{Channels}x{Height}x{Width}{(Block > 1 ? $"/{Block}" : "")}";
}
