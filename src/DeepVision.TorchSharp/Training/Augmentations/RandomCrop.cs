using System.Globalization;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Augmentations;

/// <summary>
/// A window of a fixed size at a random place of the image with a border around it. An image that is smaller than the window,
/// border included, stands at a random place of the window.
/// </summary>
public sealed class RandomCrop : Augmentation
{
    private readonly ImageSize _size;

    /// <param name="size">The window: the size of what comes out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public RandomCrop(ImageSize size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1, nameof(size));
        _size = size;
    }

    /// <summary>The border's width in pixels on each side; 0 or more. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Border
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The border's color. Default black.</summary>
    public FillColor Fill { get; init; }

    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{nameof(RandomCrop)} ({_size.Width} x {_size.Height}, border {Border}, fill {Fill.Red} {Fill.Green} {Fill.Blue})");

    /// <inheritdoc/>
    protected override TrainingExample ApplyCore(TrainingExample example, ExampleRandom random)
    {
        RgbImage image = example.Image;
        int left = Offset(image.Width, _size.Width, random), top = Offset(image.Height, _size.Height, random);
        return left == 0 && top == 0 && _size == new ImageSize(image.Width, image.Height)
            ? example
            : example.Moved(Cut(image, left, top), new BoxMap(_size) { ShiftX = -left, ShiftY = -top });
    }

    // The window's first column in the image's own pixels; negative where it begins in the border.
    private int Offset(int side, int window, ExampleRandom random)
    {
        int room = side + (2 * Border) - window;
        int place = random.NextIndex(Math.Abs(room) + 1);
        return (room >= 0 ? place : -place) - Border;
    }

    private RgbImage Cut(RgbImage image, int left, int top)
    {
        var result = new RgbImage(_size.Width, _size.Height);
        if (Fill != default)
        {
            Span<byte> pixels = result.Pixels;
            for (int i = 0; i < pixels.Length; i += 3)
            {
                (pixels[i], pixels[i + 1], pixels[i + 2]) = (Fill.Red, Fill.Green, Fill.Blue);
            }
        }

        int firstColumn = Math.Max(0, -left), endColumn = Math.Min(_size.Width, image.Width - left);
        int firstRow = Math.Max(0, -top), endRow = Math.Min(_size.Height, image.Height - top);
        for (int y = firstRow; y < endRow && firstColumn < endColumn; y++)
        {
            image.Row(y + top).Slice(3 * (left + firstColumn), 3 * (endColumn - firstColumn)).CopyTo(result.Row(y)[(3 * firstColumn)..]);
        }

        return result;
    }
}
