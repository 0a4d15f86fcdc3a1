using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>The arithmetic of sizes: rounding here decides whether tensors equal the reference's, so each rule names its source.</summary>
internal static class GeometryPlanner
{
    public static PreparedGeometry Plan(ImagePreprocessing preprocessing, ImageSize source)
    {
        ResizeRule rule = preprocessing.Resize;
        if (rule.Kind == ResizeKind.Letterbox)
        {
            return PlanLetterbox(preprocessing, source);
        }

        (long width, long height) = ResizedSides(rule, source);
        if (width > int.MaxValue || height > int.MaxValue)
        {
            throw new InvalidOperationException(
                $"An image of {source} would be resized to {width} x {height}; no side can exceed {int.MaxValue} pixels.");
        }

        var resized = new ImageSize((int)width, (int)height);
        ImageSize canvas = preprocessing.CenterCrop ?? resized;
        (int cropLeft, int contentWidth, int offsetX) = CropAxis(resized.Width, canvas.Width);
        (int cropTop, int contentHeight, int offsetY) = CropAxis(resized.Height, canvas.Height);
        ImageSize tensor = RoundUp(canvas, preprocessing.SizeDivisor);
        CheckLimits(preprocessing, source, tensor);
        CheckIntermediate(preprocessing, source, contentWidth);
        return new PreparedGeometry(preprocessing)
        {
            Source = source,
            Resized = resized,
            Content = new ImageSize(contentWidth, contentHeight),
            Tensor = tensor,
            CropLeft = cropLeft,
            CropTop = cropTop,
            OffsetX = offsetX,
            OffsetY = offsetY,
            SourcePerX = (float)source.Width / resized.Width,
            SourcePerY = (float)source.Height / resized.Height,
            Canvas = canvas,
        };
    }

    public static PreparedGeometry[] PlanBatch(ImagePreprocessing preprocessing, IReadOnlyList<ImageSize> sizes, BatchPadding padding)
    {
        var plans = new PreparedGeometry[sizes.Count];
        int width = 0;
        int height = 0;
        int extentWidth = 0;
        int extentHeight = 0;
        for (int i = 0; i < plans.Length; i++)
        {
            plans[i] = preprocessing.Plan(sizes[i].Width, sizes[i].Height);
            width = Math.Max(width, plans[i].Tensor.Width);
            height = Math.Max(height, plans[i].Tensor.Height);
            extentWidth = Math.Max(extentWidth, plans[i].Canvas.Width);
            extentHeight = Math.Max(extentHeight, plans[i].Canvas.Height);
        }

        if (padding == BatchPadding.LikeTorchvision)
        {
            // Rounding up is monotone, so the maximum of rounded sides is the rounded maximum.
            var common = new ImageSize(width, height);
            for (int i = 0; i < plans.Length; i++)
            {
                CheckLimits(preprocessing, plans[i].Source, common);
                plans[i] = plans[i].WithTensor(common, new ImageSize(extentWidth, extentHeight));
            }
        }

        return plans;
    }

    private static PreparedGeometry PlanLetterbox(ImagePreprocessing preprocessing, ImageSize source)
    {
        if (preprocessing.CenterCrop is not null)
        {
            throw new InvalidOperationException(
                "A letterbox keeps the whole image, so it cannot be combined with a center crop; set CenterCrop to null.");
        }

        ResizeRule rule = preprocessing.Resize;
        ImageSize canvas = rule.Size;
        double ratio = Math.Min((double)canvas.Height / source.Height, (double)canvas.Width / source.Width);

        // YOLOX truncates; YOLOv5 rounds halves to even. Both can give 0 for an extreme aspect, where one pixel is kept.
        bool centerd = rule.Anchor == LetterboxAnchor.Center;
        int width = LetterboxSide(source.Width * ratio, canvas.Width, centerd);
        int height = LetterboxSide(source.Height * ratio, canvas.Height, centerd);
        ImageSize tensor = RoundUp(canvas, preprocessing.SizeDivisor);
        CheckLimits(preprocessing, source, tensor);
        CheckIntermediate(preprocessing, source, width);
        float sourcePerPixel = (float)(1.0 / ratio);
        var content = new ImageSize(width, height);
        return new PreparedGeometry(preprocessing)
        {
            Source = source,
            Resized = content,
            Content = content,
            Tensor = tensor,
            OffsetX = centerd ? (canvas.Width - width) / 2 : 0,
            OffsetY = centerd ? (canvas.Height - height) / 2 : 0,
            SourcePerX = sourcePerPixel,
            SourcePerY = sourcePerPixel,
            Canvas = canvas,
        };
    }

    private static int LetterboxSide(double side, int limit, bool round) =>
        Math.Clamp((int)(round ? Math.Round(side, MidpointRounding.ToEven) : side), 1, limit);

    private static (long Width, long Height) ResizedSides(ResizeRule rule, ImageSize source)
    {
        switch (rule.Kind)
        {
            case ResizeKind.Exact:
                return (rule.Size.Width, rule.Size.Height);
            case ResizeKind.ShortestSide:
                // torchvision: int(size * long / short), a division of integers in double precision.
                int shortest = Math.Min(source.Width, source.Height);
                int longest = Math.Max(source.Width, source.Height);
                long other = (long)((double)((long)rule.MinSide * longest) / shortest);
                return source.Width <= source.Height ? (rule.MinSide, other) : (other, rule.MinSide);
            case ResizeKind.SideBounds:
                double scale = SideBoundsScale(rule, source);
                return (Math.Max(1, (long)Math.Floor(source.Width * scale)), Math.Max(1, (long)Math.Floor(source.Height * scale)));
            default:
                return (source.Width, source.Height);
        }
    }

    /// <summary>
    /// A float divided by a PyTorch scalar tensor is the tensor's reciprocal times the float, each step rounded to
    /// float32; the sides are then multiplied in double precision.
    /// </summary>
    private static double SideBoundsScale(ResizeRule rule, ImageSize source)
    {
        float byShortest = (1f / Math.Min(source.Width, source.Height)) * rule.MinSide;
        float byLongest = (1f / Math.Max(source.Width, source.Height)) * rule.MaxSide;
        return Math.Min(byShortest, byLongest);
    }

    /// <summary>One axis of a center crop: where it starts, how much of the image it keeps, where that stands in the crop.</summary>
    private static (int Start, int Length, int Offset) CropAxis(int side, int crop) =>
        side < crop
            ? (0, side, (crop - side) / 2)
            : ((int)Math.Round((side - crop) / 2.0, MidpointRounding.ToEven), crop, 0);

    private static ImageSize RoundUp(ImageSize size, int divisor) =>
        new(RoundUp(size.Width, divisor), RoundUp(size.Height, divisor));

    private static int RoundUp(int side, int divisor) =>
        (int)Math.Min(((long)side + divisor - 1) / divisor * divisor, int.MaxValue);

    private static void CheckLimits(ImagePreprocessing preprocessing, ImageSize source, ImageSize tensor)
    {
        string subject = $"An image of {source} would become a tensor of {tensor} pixels";
        if (tensor.Width > RgbImage.MaxSide || tensor.Height > RgbImage.MaxSide)
        {
            throw new InvalidOperationException(
                $"{subject}; a side can have at most {RgbImage.MaxSide}. Choose a smaller size, bound the longest side, or crop.");
        }

        long limit = Math.Min(preprocessing.MaxPixels, Array.MaxLength / 3);
        if (tensor.Area > limit)
        {
            throw new InvalidOperationException(
                $"{subject}, {tensor.Area} in all; at most {limit} are allowed. Choose a smaller size or raise {nameof(ImagePreprocessing.MaxPixels)}.");
        }
    }

    /// <summary>The antialiasing filters keep every source row at the new width between their two passes.</summary>
    private static void CheckIntermediate(ImagePreprocessing preprocessing, ImageSize source, int width)
    {
        long area = (long)width * source.Height;
        long limit = Math.Min(Math.Max(preprocessing.MaxPixels, source.Area), Array.MaxLength / 3 - 64);
        if (area > limit)
        {
            throw new InvalidOperationException(
                $"Resizing an image of {source} to a width of {width} needs {area} pixels between the two passes; at most {limit} " +
                $"are allowed. Choose a smaller size or raise {nameof(ImagePreprocessing.MaxPixels)}.");
        }
    }
}
