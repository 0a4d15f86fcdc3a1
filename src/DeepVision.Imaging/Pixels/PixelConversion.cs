using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepVision.Imaging.Pixels;

/// <summary>From the layouts that decoders give to red, green, blue.</summary>
internal static class PixelConversion
{
    // Of 64 bytes, those that are not alpha; the last sixteen of the result are written over.
    private static readonly byte[] s_dropAlpha = [.. Enumerable.Range(0, 64).Select(i => (byte)(i < 48 ? i / 3 * 4 + i % 3 : 0))];

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

    /// <summary>What a decoder gave with alpha, as the caller wants it.</summary>
    public static void Flatten(ReadOnlySpan<byte> rgba, Span<byte> rgb, bool hasAlpha, ImageLoadOptions options)
    {
        if (hasAlpha && options.Alpha == AlphaHandling.BlendOver)
        {
            BlendOver(rgba, rgb, options.Background);
        }
        else
        {
            DropAlpha(rgba, rgb);
        }
    }

    /// <summary>Forgets alpha.</summary>
    public static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        int pixels = rgb.Length / 3;
        ref byte from = ref MemoryMarshal.GetReference(rgba[..(4 * pixels)]);
        ref byte to = ref MemoryMarshal.GetReference(rgb);
        nint i = 0;

        // Each write spills beyond its pixels, into those that the next one writes; the last pixels must not spill.
        if (Avx512Vbmi.IsSupported)
        {
            Vector512<byte> order = Vector512.Create(s_dropAlpha);
            for (; i <= pixels - 22; i += 16)
            {
                Avx512Vbmi.PermuteVar64x8(Vector512.LoadUnsafe(ref from, (nuint)(4 * i)), order).StoreUnsafe(ref to, (nuint)(3 * i));
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
            for (; i <= pixels - 6; i += 4)
            {
                Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(4 * i)), order).StoreUnsafe(ref to, (nuint)(3 * i));
            }
        }

        for (; i < pixels; i++)
        {
            rgba.Slice((int)(4 * i), 3).CopyTo(rgb[(int)(3 * i)..]);
        }
    }

    /// <summary>One color everywhere.</summary>
    public static void Fill(Span<byte> rgb, RgbColor color)
    {
        for (int i = 0; i < rgb.Length; i += 3)
        {
            rgb[i] = color.Red;
            rgb[i + 1] = color.Green;
            rgb[i + 2] = color.Blue;
        }
    }

    /// <summary>Opaque pixels of four bytes.</summary>
    public static void AddAlpha(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        int pixels = rgb.Length / 3;
        ref byte from = ref MemoryMarshal.GetReference(rgb);
        ref byte to = ref MemoryMarshal.GetReference(rgba[..(4 * pixels)]);
        nint i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 3, 3, 4, 5, 3, 6, 7, 8, 3, 9, 10, 11, 3);
            Vector128<byte> opaque = Vector128.Create(0xFF000000u).AsByte();
            for (; i <= pixels - 6; i += 4)
            {
                (Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(3 * i)), order) | opaque).StoreUnsafe(ref to, (nuint)(4 * i));
            }
        }

        for (; i < pixels; i++)
        {
            rgb.Slice((int)(3 * i), 3).CopyTo(rgba[(int)(4 * i)..]);
            rgba[(int)(4 * i) + 3] = 255;
        }
    }

    /// <summary>Lays pixels with (not premultiplied) alpha over a color.</summary>
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

    private static byte Mix(int color, int alpha, int background) => (byte)((color * alpha + background * (255 - alpha) + 127) / 255);
}
