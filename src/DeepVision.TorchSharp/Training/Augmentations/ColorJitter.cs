using System.Globalization;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Augmentations;

/// <summary>
/// Brightness, contrast and saturation changed by random factors, one after the other in random order. A factor is drawn from
/// [1 - range, 1 + range]; each step rounds to bytes. Contrast is the distance from the image's mean gray, saturation that
/// from each pixel's gray, where gray is 0.299 red + 0.587 green + 0.114 blue.
/// </summary>
public sealed class ColorJitter : Augmentation
{
    /// <summary>The range of the brightness factor, 0 to 1. Default 0.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double Brightness { get; init => field = CheckedProbability(value); } = 0.2;

    /// <summary>The range of the contrast factor, 0 to 1. Default 0.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double Contrast { get; init => field = CheckedProbability(value); } = 0.2;

    /// <summary>The range of the saturation factor, 0 to 1. Default 0.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double Saturation { get; init => field = CheckedProbability(value); } = 0.2;

    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{nameof(ColorJitter)} (brightness {Brightness}, contrast {Contrast}, saturation {Saturation})");

    /// <inheritdoc/>
    protected override TrainingExample ApplyCore(TrainingExample example, ExampleRandom random)
    {
        Span<int> order = [0, 1, 2];
        random.Shuffle(order);
        Span<double> factors = [Factor(Brightness, random), Factor(Contrast, random), Factor(Saturation, random)];
        RgbImage image = example.Image.Clone();
        foreach (int step in order)
        {
            if (factors[step] != 1)
            {
                Change(image.Pixels, step, factors[step]);
            }
        }

        return example.Moved(image, new BoxMap(new ImageSize(image.Width, image.Height)));
    }

    private static double Factor(double range, ExampleRandom random) => random.NextBetween(1 - range, 1 + range);

    private static void Change(Span<byte> pixels, int step, double factor)
    {
        double middle = step == 1 ? MeanGray(pixels) : 0;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            double from = step == 2 ? Gray(pixels, i) : middle;
            for (int c = i; c < i + 3; c++)
            {
                pixels[c] = (byte)Math.Clamp(Math.Round(from + (factor * (pixels[c] - from))), 0, 255);
            }
        }
    }

    private static double MeanGray(ReadOnlySpan<byte> pixels)
    {
        double sum = 0;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            sum += Gray(pixels, i);
        }

        return sum / (pixels.Length / 3);
    }

    private static double Gray(ReadOnlySpan<byte> pixels, int i) => (0.299 * pixels[i]) + (0.587 * pixels[i + 1]) + (0.114 * pixels[i + 2]);
}
