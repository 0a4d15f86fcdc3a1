using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepVision.Preprocessing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepVision.ImageSharp;

/// <summary>
/// Between DeepVision's and ImageSharp's images. Of ImageSharp's the first frame counts, as it is stored: call <c>AutoOrient</c> first where
/// a camera's orientation matters. Alpha is dropped; other pixel formats become 8-bit red, green and blue as ImageSharp converts them.
/// </summary>
public static class ImageConversion
{
    // Which image a view was made of. A view does not know: ImageSharp hides the memory that it was given.
    private static readonly ConditionalWeakTable<Image, RgbImage> s_views = [];

    /// <summary>
    /// An ImageSharp image over the same pixels: what one changes, the other shows. Its size cannot change. Disposing it leaves
    /// <paramref name="image"/> as it is.
    /// </summary>
    /// <param name="image">The pixels; of an image that was decoded at reduced size, the pixels that are there.</param>
    public static Image<Rgb24> AsImage(this RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image<Rgb24> view = Image.WrapMemory<Rgb24>(image.Memory, image.Width, image.Height);
        s_views.Add(view, image);
        return view;
    }

    /// <summary>
    /// The pixels for DeepVision, without a copy where that is possible: for an image that <see cref="AsImage"/> made, the very image that it
    /// was made of. Otherwise a copy.
    /// </summary>
    /// <param name="image">Any ImageSharp image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is longer than <see cref="RgbImage.MaxSide"/>, or the pixels exceed 2 GB.</exception>
    public static RgbImage AsRgbImage(this Image image) => Shared(image) ?? image.ToRgbImage();

    /// <summary>A copy of the pixels for DeepVision.</summary>
    /// <param name="image">Any ImageSharp image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is longer than <see cref="RgbImage.MaxSide"/>, or the pixels exceed 2 GB.</exception>
    public static RgbImage ToRgbImage(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var copy = new CopyingVisitor(new RgbImage(image.Width, image.Height));
        image.AcceptVisitor(copy);
        return copy.Target;
    }

    /// <summary>A copy of the pixels for ImageSharp, opaque.</summary>
    /// <typeparam name="TPixel">The pixel format.</typeparam>
    /// <param name="image">The pixels; of an image that was decoded at reduced size, the pixels that are there.</param>
    public static Image<TPixel> ToImage<TPixel>(this RgbImage image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        var copy = new Image<TPixel>(image.Width, image.Height);
        copy.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                PixelOperations<TPixel>.Instance.FromRgb24(
                    Configuration.Default, MemoryMarshal.Cast<byte, Rgb24>(image.Row(y)), rows.GetRowSpan(y));
            }
        });
        return copy;
    }

    /// <summary>The image that a view was made of, if the view still lies over its pixels; else null.</summary>
    internal static RgbImage? Shared(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return s_views.TryGetValue(image, out RgbImage? source)
            && image is Image<Rgb24> view
            && view.Width == source.Width
            && view.Height == source.Height
            && view.DangerousTryGetSinglePixelMemory(out Memory<Rgb24> memory)
            && Unsafe.AreSame(
                ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(memory.Span)), ref MemoryMarshal.GetReference(source.Pixels))
            ? source
            : null;
    }

    private sealed class CopyingVisitor(RgbImage target) : IImageVisitor
    {
        public RgbImage Target => target;

        public void Visit<TPixel>(Image<TPixel> image)
            where TPixel : unmanaged, IPixel<TPixel>
        {
            image.ProcessPixelRows(rows =>
            {
                for (int y = 0; y < rows.Height; y++)
                {
                    PixelOperations<TPixel>.Instance.ToRgb24(
                        Configuration.Default, rows.GetRowSpan(y), MemoryMarshal.Cast<byte, Rgb24>(target.Row(y)));
                }
            });
        }
    }
}
