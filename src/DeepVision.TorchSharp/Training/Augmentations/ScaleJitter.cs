using System.Globalization;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Augmentations;

/// <summary>
/// The image and all boxes scaled by a random factor, evenly spread over its logarithm; antialiased bilinear. The aspect ratio
/// stays, up to the rounding of both sides to whole pixels.
/// </summary>
public sealed class ScaleJitter : Augmentation
{
    private readonly ImagePreprocessing _bytes = new() { Scale = PixelScale.Bytes };

    /// <param name="smallest">The smallest factor, above 0.</param>
    /// <param name="largest">The largest factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not a finite number above 0, or the largest is below the smallest.</exception>
    public ScaleJitter(double smallest = 0.8, double largest = 1.25)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smallest);
        if (!(largest >= smallest && double.IsFinite(largest)))
        {
            throw new ArgumentOutOfRangeException(nameof(largest), largest, $"The largest factor must be finite and at least the smallest, {smallest}.");
        }

        Smallest = smallest;
        Largest = largest;
    }

    /// <summary>The smallest factor.</summary>
    public double Smallest { get; }

    /// <summary>The largest factor.</summary>
    public double Largest { get; }

    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{nameof(ScaleJitter)} ({Smallest} to {Largest})");

    /// <inheritdoc/>
    protected override TrainingExample ApplyCore(TrainingExample example, ExampleRandom random)
    {
        double factor = Smallest * Math.Pow(Largest / Smallest, random.NextUnit());
        RgbImage image = example.Image;
        int width = Scaled(image.Width, factor), height = Scaled(image.Height, factor);
        if (width == image.Width && height == image.Height)
        {
            return example;
        }

        var size = new ImageSize(width, height);
        var map = new BoxMap(size) { ScaleX = (float)width / image.Width, ScaleY = (float)height / image.Height };
        return example.Moved(Resize(image, size), map);
    }

    private RgbImage Resize(RgbImage image, ImageSize size)
    {
        ReadOnlySpan<float> planes = (_bytes with { Resize = ResizeRule.Exact(size) }).Prepare(image).Tensor.Values;
        var resized = new RgbImage(size.Width, size.Height);
        Span<byte> pixels = resized.Pixels;
        int plane = size.Width * size.Height;
        for (int i = 0; i < plane; i++)
        {
            pixels[3 * i] = (byte)planes[i];
            pixels[(3 * i) + 1] = (byte)planes[plane + i];
            pixels[(3 * i) + 2] = (byte)planes[(2 * plane) + i];
        }

        return resized;
    }

    private static int Scaled(int side, double factor) => Math.Clamp((int)Math.Round(side * factor), 1, RgbImage.MaxSide);
}
