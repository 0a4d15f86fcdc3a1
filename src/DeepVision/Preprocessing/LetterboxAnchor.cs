namespace DeepVision.Preprocessing;

/// <summary>Where a letterbox places the picture.</summary>
public enum LetterboxAnchor
{
    /// <summary>In the top left corner; the resized sides are rounded down (YOLOX).</summary>
    TopLeft,

    /// <summary>
    /// In the middle; the resized sides are rounded to the nearest, halves to even, and an odd bar leaves its extra pixel
    /// on the right or at the bottom (YOLOv5 and its successors).
    /// </summary>
    Center,
}
