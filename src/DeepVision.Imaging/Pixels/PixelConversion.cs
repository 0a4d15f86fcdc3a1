using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepVision.Imaging.Pixels;

/// <summary>From the layouts that decoders give to red, green, blue.</summary>
internal static class PixelConversion
{
    /// <summary>RGB to BGR or back. Both spans have the same length, a multiple of 3, and do not overlap.</summary>
    public static void ReverseChannels(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            // Five pixels a step; the sixteenth byte is written as it is and put right by the next step or the tail.
            Vector128<byte> order = Vector128.Create((byte)2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 15);
            for (; i <= source.Length - 16; i += 15)
            {
                Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)i), order).StoreUnsafe(ref to, (nuint)i);
            }
        }

        for (; i < source.Length; i += 3)
        {
            target[i] = source[i + 2];
            target[i + 1] = source[i + 1];
            target[i + 2] = source[i];
        }
    }

    /// <summary>Forgets alpha.</summary>
    public static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        int pixels = rgb.Length / 3;
        ref byte from = ref MemoryMarshal.GetReference(rgba[..(4 * pixels)]);
        ref byte to = ref MemoryMarshal.GetReference(rgb);

        // Each write of 4 bytes spills alpha into the next pixel, which then overwrites it; the last pixel must not spill.
        for (int i = 0; i < pixels - 1; i++)
        {
            Unsafe.WriteUnaligned(
                ref Unsafe.Add(ref to, (nint)3 * i), Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, (nint)4 * i)));
        }

        rgba.Slice(4 * (pixels - 1), 3).CopyTo(rgb[(3 * (pixels - 1))..]);
    }

    /// <summary>Lays pixels with (not premultiplied) alpha over a colour.</summary>
    public static void BlendOver(ReadOnlySpan<byte> rgba, Span<byte> rgb, RgbColor background)
    {
        for (int i = 0; i < rgb.Length / 3; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(4 * i, 4);
            RgbColor color = Blend(new RgbColor(pixel[0], pixel[1], pixel[2]), pixel[3], background);
            Span<byte> target = rgb.Slice(3 * i, 3);
            target[0] = color.Red;
            target[1] = color.Green;
            target[2] = color.Blue;
        }
    }

    /// <summary>One pixel over another, rounded to nearest.</summary>
    public static RgbColor Blend(RgbColor color, byte alpha, RgbColor background) => new(
        Mix(color.Red, alpha, background.Red), Mix(color.Green, alpha, background.Green), Mix(color.Blue, alpha, background.Blue));

    /// <summary>The high byte of each 16-bit sample, in the machine's byte order.</summary>
    public static void HighBytes(ReadOnlySpan<ushort> samples, Span<byte> target)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref ushort from = ref Unsafe.AsRef(in MemoryMarshal.GetReference(samples));
            ref byte to = ref MemoryMarshal.GetReference(target);
            for (; i <= target.Length - 32; i += 32)
            {
                Vector256<ushort> low = Vector256.LoadUnsafe(ref from, (nuint)i) >>> 8;
                Vector256<ushort> high = Vector256.LoadUnsafe(ref from, (nuint)i + 16) >>> 8;
                Vector256.Narrow(low, high).StoreUnsafe(ref to, (nuint)i);
            }
        }

        for (; i < target.Length; i++)
        {
            target[i] = (byte)(samples[i] >> 8);
        }
    }

    /// <summary>
    /// Inverted CMYK, as Adobe's programs write it and as JPEG files in practice hold it, to RGB without a colour profile: each ink
    /// covers its share of what black leaves, with Pillow's rounding.
    /// </summary>
    public static void InvertedCmykToRgb(ReadOnlySpan<byte> cmyk, Span<byte> rgb)
    {
        for (int i = 0; i < rgb.Length / 3; i++)
        {
            uint pixel = BinaryPrimitives.ReadUInt32LittleEndian(cmyk[(4 * i)..]);
            int light = (int)(pixel >> 24);
            Span<byte> target = rgb.Slice(3 * i, 3);
            target[0] = (byte)(light - Scale(255 - (int)(pixel & 255), light));
            target[1] = (byte)(light - Scale(255 - (int)(pixel >> 8 & 255), light));
            target[2] = (byte)(light - Scale(255 - (int)(pixel >> 16 & 255), light));
        }
    }

    private static byte Mix(int color, int alpha, int background) => (byte)((color * alpha + background * (255 - alpha) + 127) / 255);

    // a * b / 255, rounded to nearest.
    private static int Scale(int a, int b)
    {
        int product = a * b + 128;
        return (product + (product >> 8)) >> 8;
    }
}
