using System.Globalization;
using System.Text;

namespace DeepVision.Metrics;

/// <summary>
/// COCO's twelve figures, 0 to 1, and those of each class. Each is a mean over the classes that have an object to be
/// counted in that setting, and -1 where none has.
/// </summary>
public sealed record CocoSummary
{
    /// <summary>Average precision: mean over IoU thresholds 0.50 to 0.95, all sizes, 100 detections an image.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>Average precision at IoU 0.50.</summary>
    public required double AveragePrecision50 { get; init; }

    /// <summary>Average precision at IoU 0.75.</summary>
    public required double AveragePrecision75 { get; init; }

    /// <summary>Average precision of objects of up to 32 x 32 pixels.</summary>
    public required double AveragePrecisionSmall { get; init; }

    /// <summary>Average precision of objects from 32 x 32 to 96 x 96 pixels.</summary>
    public required double AveragePrecisionMedium { get; init; }

    /// <summary>Average precision of objects of 96 x 96 pixels and above.</summary>
    public required double AveragePrecisionLarge { get; init; }

    /// <summary>Average recall with one detection an image.</summary>
    public required double AverageRecall1 { get; init; }

    /// <summary>Average recall with 10 detections an image.</summary>
    public required double AverageRecall10 { get; init; }

    /// <summary>Average recall with 100 detections an image.</summary>
    public required double AverageRecall100 { get; init; }

    /// <summary>Average recall of small objects with 100 detections an image.</summary>
    public required double AverageRecallSmall { get; init; }

    /// <summary>Average recall of medium objects with 100 detections an image.</summary>
    public required double AverageRecallMedium { get; init; }

    /// <summary>Average recall of large objects with 100 detections an image.</summary>
    public required double AverageRecallLarge { get; init; }

    /// <summary>Every class that was annotated or detected, ascending.</summary>
    public required IReadOnlyList<CocoClassSummary> Classes { get; init; }

    /// <summary>The twelve figures, one a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string name, double value) =>
            text.Append(CultureInfo.InvariantCulture, $"{name,-18}{value,7:0.0000}").Append('\n');
        Line("AP", AveragePrecision);
        Line("AP50", AveragePrecision50);
        Line("AP75", AveragePrecision75);
        Line("AP small", AveragePrecisionSmall);
        Line("AP medium", AveragePrecisionMedium);
        Line("AP large", AveragePrecisionLarge);
        Line("AR, 1 detection", AverageRecall1);
        Line("AR, 10 detections", AverageRecall10);
        Line("AR, 100", AverageRecall100);
        Line("AR small", AverageRecallSmall);
        Line("AR medium", AverageRecallMedium);
        Line("AR large", AverageRecallLarge);
        return text.ToString();
    }
}
