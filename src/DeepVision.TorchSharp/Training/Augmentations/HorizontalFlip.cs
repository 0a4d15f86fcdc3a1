using System.Globalization;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Augmentations;

/// <summary>The image and all boxes mirrored from left to right, some of the time.</summary>
public sealed class HorizontalFlip : Augmentation
{
    /// <summary>How often, 0 to 1. Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double Probability { get; init => field = CheckedProbability(value); } = 0.5;

    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{nameof(HorizontalFlip)} (probability {Probability})");

    /// <inheritdoc/>
    protected override TrainingExample ApplyCore(TrainingExample example, ExampleRandom random) =>
        random.NextBool(Probability) ? Mirror(example) : example;

    private static TrainingExample Mirror(TrainingExample example)
    {
        RgbImage image = example.Image;
        var map = new BoxMap(new ImageSize(image.Width, image.Height)) { ScaleX = -1, ShiftX = image.Width };
        return example.Moved(Mirror(image), map);
    }

    private static RgbImage Mirror(RgbImage image)
    {
        var mirrored = new RgbImage(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> from = image.Row(y);
            Span<byte> to = mirrored.Row(y);
            for (int left = 0, right = from.Length - 3; left < from.Length; left += 3, right -= 3)
            {
                to[left] = from[right];
                to[left + 1] = from[right + 1];
                to[left + 2] = from[right + 2];
            }
        }

        return mirrored;
    }
}
