using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes from SSD's raw outputs, map by map. Class 0 is background and is never found.</summary>
internal sealed class SsdTask : PyramidDetectionTask
{
    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class, background first.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="levels">The names of the maps, from fine to coarse, like P3.</param>
    public SsdTask(IReadOnlyList<string> labels, SsdDecoder decoder, IReadOnlyList<string> levels)
        : base(labels, levels)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Decoder = decoder;
    }

    /// <summary>The decoder with its default boxes and thresholds.</summary>
    public SsdDecoder Decoder { get; }

    /// <summary>The one size that images are resized to. Default 300 x 300.</summary>
    public ImageSize InputSize { get; init; } = ImageSize.Square(300);

    /// <inheritdoc/>
    public override ImagePreprocessing DefaultPreprocessing =>
        ImagePreprocessing.TorchvisionDetection() with { Resize = ResizeRule.Exact(InputSize), SizeDivisor = 1 };

    /// <summary>The name of the output with a map's class logits, (N, A * K, H, W).</summary>
    public static string LogitsOutput(string level) => $"cls_logits.{level}";

    /// <summary>The name of the output with a map's box deltas, (N, A * 4, H, W).</summary>
    public static string DeltasOutput(string level) => $"bbox_regression.{level}";

    /// <inheritdoc/>
    public override string Describe() => $"detection of {Labels.Count - 1} classes and background";

    /// <inheritdoc/>
    public override HostTensor Scores(IReadOnlyDictionary<string, HostTensor> outputs, int index, string level)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        HostTensor scores = PlaceScores.Softmax(outputs[LogitsOutput(level)], index, Decoder.Classes);
        scores.Values[..(scores.Values.Length / Decoder.Classes)].Clear();
        return scores;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        SsdLevel[] levels = [.. Levels.Select(level => new SsdLevel(outputs[LogitsOutput(level)], outputs[DeltasOutput(level)]))];
        return Decoder.Find(geometry.ContentArea, geometry.TensorSize, levels, index);
    }
}
