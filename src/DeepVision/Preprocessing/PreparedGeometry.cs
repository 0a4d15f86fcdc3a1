using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>
/// Where an image goes in the tensor made from it: planned from the image's size alone, before any pixel is touched.
/// Immutable and thread-safe. Made by <see cref="ImagePreprocessing.Plan(int, int)"/>.
/// </summary>
/// <remarks>
/// The source is resized to <see cref="Resized"/>; the part of it that starts at (<see cref="CropLeft"/>,
/// <see cref="CropTop"/>) and measures <see cref="Content"/> is placed at (<see cref="OffsetX"/>, <see cref="OffsetY"/>) of a
/// tensor of <see cref="Tensor"/>; what it leaves free is padding.
/// </remarks>
public sealed class PreparedGeometry
{
    internal PreparedGeometry(ImagePreprocessing preprocessing) => Preprocessing = preprocessing;

    /// <summary>The image's size.</summary>
    public ImageSize Source { get; internal init; }

    /// <summary>The size of the whole image after resizing, before cropping.</summary>
    public ImageSize Resized { get; internal init; }

    /// <summary>The size of the part of the resized image that is kept.</summary>
    public ImageSize Content { get; internal init; }

    /// <summary>The tensor's W and H.</summary>
    public ImageSize Tensor { get; internal init; }

    /// <summary>Columns of the resized image cut off on the left.</summary>
    public int CropLeft { get; internal init; }

    /// <summary>Rows of the resized image cut off at the top.</summary>
    public int CropTop { get; internal init; }

    /// <summary>The tensor's column where the kept part begins.</summary>
    public int OffsetX { get; internal init; }

    /// <summary>The tensor's row where the kept part begins.</summary>
    public int OffsetY { get; internal init; }

    /// <summary>Source columns for each column of the resized image.</summary>
    public float SourcePerX { get; internal init; }

    /// <summary>Source rows for each row of the resized image.</summary>
    public float SourcePerY { get; internal init; }

    /// <summary>The number of floats that <see cref="ImagePreprocessing.Apply"/> writes: 3 * H * W.</summary>
    public int ElementCount => checked((int)(3 * Tensor.Area));

    internal ImagePreprocessing Preprocessing { get; }

    /// <summary>The crop's or the letterbox's size: the part of the tensor that is image or fill color; zeros lie beyond.</summary>
    internal ImageSize Canvas { get; init; }

    /// <summary>
    /// What the images that share the tensor take up of it: the largest width and height of any <see cref="Canvas"/>, which is what
    /// torchvision sizes pyramids by. An image that is not padded to others has its own.
    /// </summary>
    internal ImageSize Extent
    {
        get => field == default ? Canvas : field;
        init;
    }

    /// <summary>The kept part in the tensor.</summary>
    internal ContentArea ContentArea => new(new SpatialSize(Content.Height, Content.Width)) { Top = OffsetY, Left = OffsetX };

    /// <summary>The tensor's H and W.</summary>
    internal SpatialSize TensorSize => new(Tensor.Height, Tensor.Width);

    /// <summary>
    /// Maps boxes from the tensor's pixels to the source image's and clips them to it: 0 to width, 0 to height.
    /// </summary>
    /// <param name="boxes">x1, y1, x2, y2 of each box, one after the other; changed in place.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of four.</exception>
    public void ToSource(Span<float> boxes)
    {
        ToSourceUnclipped(boxes);
        for (int i = 0; i < boxes.Length; i += 2)
        {
            boxes[i] = Math.Clamp(boxes[i], 0f, Source.Width);
            boxes[i + 1] = Math.Clamp(boxes[i + 1], 0f, Source.Height);
        }
    }

    /// <summary>
    /// Maps one box from the tensor's pixels to the source image's and clips it to it: 0 to width, 0 to height.
    /// </summary>
    public Box ToSource(Box box)
    {
        Span<float> values = [box.X1, box.Y1, box.X2, box.Y2];
        ToSource(values);
        return new Box(values[0], values[1], values[2], values[3]);
    }

    /// <summary>Maps one box from the tensor's pixels to the source image's. It may reach over the image's edge.</summary>
    public Box ToSourceUnclipped(Box box)
    {
        Span<float> values = [box.X1, box.Y1, box.X2, box.Y2];
        ToSourceUnclipped(values);
        return new Box(values[0], values[1], values[2], values[3]);
    }

    /// <summary>Maps one point from the tensor's pixels to the source image's. It may lie outside of the image.</summary>
    public Landmark ToSource(Landmark point) =>
        new((point.X + (CropLeft - OffsetX)) * SourcePerX, (point.Y + (CropTop - OffsetY)) * SourcePerY);

    /// <summary>
    /// Maps boxes as <see cref="ToSource(Span{float})"/> does, without clipping: with <see cref="ResizeKind.SideBounds"/>
    /// the float32 result of torchvision's <c>resize_boxes</c>.
    /// </summary>
    /// <param name="boxes">x1, y1, x2, y2 of each box, one after the other; changed in place.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of four.</exception>
    public void ToSourceUnclipped(Span<float> boxes)
    {
        if (boxes.Length % 4 != 0)
        {
            throw new ArgumentException($"Boxes have four values each; found {boxes.Length} values.", nameof(boxes));
        }

        float shiftX = CropLeft - OffsetX;
        float shiftY = CropTop - OffsetY;
        for (int i = 0; i < boxes.Length; i += 2)
        {
            boxes[i] = (boxes[i] + shiftX) * SourcePerX;
            boxes[i + 1] = (boxes[i + 1] + shiftY) * SourcePerY;
        }
    }

    /// <summary>The geometry of a tensor that is an image as it is.</summary>
    internal static PreparedGeometry OfTensor(ImagePreprocessing preprocessing, ImageSize size) => new(preprocessing)
    {
        Source = size,
        Resized = size,
        Content = size,
        Tensor = size,
        SourcePerX = 1,
        SourcePerY = 1,
        Canvas = size,
    };

    internal PreparedGeometry WithTensor(ImageSize tensor, ImageSize extent) => new(Preprocessing)
    {
        Source = Source,
        Resized = Resized,
        Content = Content,
        Tensor = tensor,
        CropLeft = CropLeft,
        CropTop = CropTop,
        OffsetX = OffsetX,
        OffsetY = OffsetY,
        SourcePerX = SourcePerX,
        SourcePerY = SourcePerY,
        Canvas = Canvas,
        Extent = extent,
    };
}
