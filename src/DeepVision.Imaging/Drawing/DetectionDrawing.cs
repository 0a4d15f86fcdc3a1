using System.Globalization;
using DeepVision.Imaging.Drawing;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging;

/// <summary>A model's answers drawn on the image they were found in.</summary>
public static class DetectionDrawing
{
    /// <summary>Draws a box for each detection, labeled with class and score, and a dot for each landmark, in the class's color. Changes the image.</summary>
    /// <param name="image">The image that was given to the model.</param>
    /// <param name="detections">What the model found.</param>
    /// <param name="options">Line width, text size and so on; null for the defaults.</param>
    public static void DrawDetections(this RgbImage image, IEnumerable<Detection> detections, DrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(detections);
        Detection[] drawn = [.. detections];
        ImageDrawing.DrawBoxes(image, drawn.Select(Annotate), options);
        foreach (Detection detection in drawn)
        {
            ImageDrawing.DrawPoints(image, detection.Landmarks ?? [], detection.ClassIndex, options);
        }
    }

    private static BoxAnnotation Annotate(Detection detection) => new(
        detection.Box.X1,
        detection.Box.Y1,
        detection.Box.X2,
        detection.Box.Y2,
        string.Create(CultureInfo.InvariantCulture, $"{detection.Label} {detection.Score:0.00}"),
        detection.ClassIndex);
}
