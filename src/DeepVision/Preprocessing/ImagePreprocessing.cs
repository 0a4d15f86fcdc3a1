using DeepVision.Tensors;
using DeepVision.Zoo;

namespace DeepVision.Preprocessing;

/// <summary>
/// How an image becomes the tensor that a model reads: resize, crop, channel order, scale, mean and standard deviation,
/// padding. It travels with a model's weights, because they were trained with it. Immutable and thread-safe; vary a
/// preset with <c>with</c>.
/// </summary>
/// <remarks>The order is: gray, resize, crop, scale, subtract the mean, divide by the standard deviation, pad; with
/// <see cref="Interpolation.BilinearFloat"/> the resize comes after the division, as in torchvision's detectors.</remarks>
public sealed record ImagePreprocessing
{
    /// <summary>The default of <see cref="MaxPixels"/>: 32 Mi pixels, 384 MiB of float32.</summary>
    public const long DefaultMaxPixels = 32L << 20;

    /// <summary>What happens to the size. Default: <see cref="ResizeRule.None"/>.</summary>
    public ResizeRule Resize
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = ResizeRule.None;

    /// <summary>How pixels are resampled. Default: <see cref="Interpolation.BilinearAntialias"/>.</summary>
    public Interpolation Interpolation
    {
        get;
        init => field = Defined(value);
    }

    /// <summary>
    /// The part kept from the middle after resizing, as torchvision's <c>CenterCrop</c>: offsets are rounded with halves to
    /// even, and an image smaller than the crop is padded with black. Null: everything. Not with a letterbox.
    /// </summary>
    public ImageSize? CenterCrop
    {
        get;
        init
        {
            if (value is { } size)
            {
                ResizeRule.CheckSize(size, nameof(CenterCrop));
            }

            field = value;
        }
    }

    /// <summary>Which color stands in which plane. Default: <see cref="ChannelOrder.Rgb"/>.</summary>
    public ChannelOrder Channels
    {
        get;
        init => field = Defined(value);
    }

    /// <summary>The range of pixel values before normalization. Default: <see cref="PixelScale.UnitInterval"/>.</summary>
    public PixelScale Scale
    {
        get;
        init => field = Defined(value);
    }

    /// <summary>Subtracted after scaling, by plane. Default: 0.</summary>
    public ChannelValues Mean
    {
        get;
        init
        {
            CheckFinite(value, nameof(Mean));
            field = value;
        }
    }

    /// <summary>What the difference is divided by, by plane. Default: 1. Positive.</summary>
    public ChannelValues Std
    {
        get;
        init
        {
            CheckFinite(value, nameof(Std));
            if (value.First <= 0 || value.Second <= 0 || value.Third <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(Std), value, "Standard deviations must be above 0.");
            }

            field = value;
        }
    } = ChannelValues.All(1f);

    /// <summary>
    /// Both sides of the tensor are rounded up to a multiple of this, with zeros (after normalization) on the right and at
    /// the bottom. Default: 1, no padding. Torchvision's detectors use 32.
    /// </summary>
    public int SizeDivisor
    {
        get;
        init
        {
            if (value is < 1 or > RgbImage.MaxSide)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(SizeDivisor), value, $"The size divisor must be from 1 to {RgbImage.MaxSide}.");
            }

            field = value;
        }
    } = 1;

    /// <summary>The most pixels (H * W) that a prepared tensor may have; planning a larger one is an error.</summary>
    public long MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxPixels));
            field = value;
        }
    } = DefaultMaxPixels;

    /// <summary>Torchvision's ImageNet classification preset, first weights: shortest side 256, bilinear with antialiasing, center crop 224.</summary>
    public static ImagePreprocessing ImageNet { get; } = Classification(256, 224);

    /// <summary>Torchvision's ImageNet classification preset with other sizes, such as 232 and 224 of its second weights.</summary>
    /// <param name="resizeSize">The shortest side after resizing.</param>
    /// <param name="cropSize">The side of the square center crop.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    public static ImagePreprocessing ImageNetV2(int resizeSize = 232, int cropSize = 224) => Classification(resizeSize, cropSize);

    /// <summary>Torchvision's detection transform: ImageNet's mean and deviation, then resize between bounds, then zeros up to a multiple of 32.</summary>
    /// <param name="minSize">The shortest side's length.</param>
    /// <param name="maxSize">The longest side's bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or the maximum is below the minimum.</exception>
    public static ImagePreprocessing TorchvisionDetection(int minSize = 800, int maxSize = 1333) => new()
    {
        Resize = ResizeRule.SideBounds(minSize, maxSize),
        Interpolation = Interpolation.BilinearFloat,
        Mean = ImageNetMean,
        Std = ImageNetStd,
        SizeDivisor = 32,
    };

    /// <summary>Torchvision's segmentation preset: shortest side resized, bilinear with antialiasing, the whole image kept.</summary>
    /// <param name="resizeSize">The shortest side after resizing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    public static ImagePreprocessing TorchvisionSegmentation(int resizeSize = 520) => new()
    {
        Resize = ResizeRule.ShortestSide(resizeSize),
        Mean = ImageNetMean,
        Std = ImageNetStd,
    };

    /// <summary>A YOLO-style letterbox: 8-bit bilinear without antialiasing, RGB from 0 to 1, no mean.</summary>
    /// <param name="size">The canvas.</param>
    /// <param name="fill">The bars' color; null is the gray 114.</param>
    /// <param name="anchor">Where the picture stands.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    public static ImagePreprocessing Letterbox(
        ImageSize size, FillColor? fill = null, LetterboxAnchor anchor = LetterboxAnchor.TopLeft) => new()
    {
        Resize = ResizeRule.Letterbox(size, fill ?? FillColor.YoloGray, anchor),
        Interpolation = Interpolation.BilinearFixedPoint,
    };

    /// <summary>A resize to an exact size with antialiased bilinear filtering, RGB from 0 to 1, no mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    public static ImagePreprocessing ResizeTo(ImageSize size) => new() { Resize = ResizeRule.Exact(size) };

    private static ChannelValues ImageNetMean => new(0.485f, 0.456f, 0.406f);

    private static ChannelValues ImageNetStd => new(0.229f, 0.224f, 0.225f);

    /// <summary>Computes where an image of the given size goes, before any work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    /// <exception cref="InvalidOperationException">The tensor would exceed <see cref="MaxPixels"/> or <see cref="RgbImage.MaxSide"/>; or a crop is combined with a letterbox.</exception>
    public PreparedGeometry Plan(int width, int height)
    {
        ResizeRule.CheckSize(new ImageSize(width, height), width is < 1 or > RgbImage.MaxSide ? nameof(width) : nameof(height));
        return GeometryPlanner.Plan(this, new ImageSize(width, height));
    }

    /// <summary>Computes where each image of a batch goes.</summary>
    /// <param name="sizes">The images' sizes, at least one.</param>
    /// <param name="padding">Whether each is padded as if alone or all to a common size.</param>
    /// <returns>One geometry an image, in the same order; with <see cref="BatchPadding.LikeTorchvision"/> all have the same tensor size.</returns>
    /// <exception cref="ArgumentException">There is no image, or the padding is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    /// <exception cref="InvalidOperationException">A tensor would exceed a limit.</exception>
    public IReadOnlyList<PreparedGeometry> PlanBatch(IReadOnlyList<ImageSize> sizes, BatchPadding padding = BatchPadding.ByShape)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Count == 0)
        {
            throw new ArgumentException("A batch needs at least one image.", nameof(sizes));
        }

        return GeometryPlanner.PlanBatch(this, sizes, Defined(padding));
    }

    /// <summary>Writes the planes of one image. Thread-safe; buffers come from a pool.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">What <see cref="Plan(int, int)"/> or <see cref="PlanBatch"/> of this preprocessing gave for the image's size.</param>
    /// <param name="destination">Gets (3, H, W) row-major; exactly <see cref="PreparedGeometry.ElementCount"/> values.</param>
    /// <exception cref="ArgumentException">
    /// The geometry belongs to another size or preprocessing, the destination's length is wrong, or the image was decoded at reduced
    /// size for another preprocessing.
    /// </exception>
    public void Apply(RgbImage image, PreparedGeometry geometry, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(geometry);
        ApplyOn(1, image, geometry, destination);
    }

    /// <summary>The same, by some threads where the image is large; the result does not depend on how many.</summary>
    internal void ApplyOn(int threads, RgbImage image, PreparedGeometry geometry, Span<float> destination)
    {
        if (geometry.Source != image.FullSize)
        {
            throw new ArgumentException(
                $"The geometry was planned for an image of {geometry.Source}; this one is {image.FullSize}.", nameof(geometry));
        }

        if (!ReferenceEquals(geometry.Preprocessing, this) && geometry.Preprocessing != this)
        {
            throw new ArgumentException("The geometry was planned by another preprocessing; use this one's Plan.", nameof(geometry));
        }

        if (destination.Length != geometry.ElementCount)
        {
            throw new ArgumentException(
                $"A tensor of 3 x {geometry.Tensor.Height} x {geometry.Tensor.Width} needs {geometry.ElementCount} values; found {destination.Length}.",
                nameof(destination));
        }

        ImagePreparer.Apply(this, image, geometry, destination, threads);
    }

    /// <summary>Plans one image and prepares it in a tensor of its own.</summary>
    /// <exception cref="InvalidOperationException">The tensor would exceed a limit.</exception>
    /// <exception cref="ArgumentException">The image was decoded at reduced size for another preprocessing.</exception>
    public PreparedImage Prepare(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PrepareOn(1, image);
    }

    /// <summary>The same, by some threads where the image is large; the result does not depend on how many.</summary>
    internal PreparedImage PrepareOn(int threads, RgbImage image)
    {
        PreparedGeometry geometry = Plan(image.FullSize.Width, image.FullSize.Height);
        var tensor = new HostTensor(new TensorShape(1, 3, geometry.Tensor.Height, geometry.Tensor.Width));
        ImagePreparer.Apply(this, image, geometry, tensor.Values, threads);
        return new PreparedImage(tensor, geometry);
    }

    private static ImagePreprocessing Classification(int resizeSize, int cropSize) => new()
    {
        Resize = ResizeRule.ShortestSide(resizeSize),
        CenterCrop = ImageSize.Square(cropSize),
        Mean = ImageNetMean,
        Std = ImageNetStd,
    };

    private static T Defined<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{value} is not a defined {typeof(T).Name}.");

    private static void CheckFinite(ChannelValues values, string name)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            if (!float.IsFinite(values[plane]))
            {
                throw new ArgumentOutOfRangeException(name, values, $"{name} must be finite in each plane.");
            }
        }
    }
}
