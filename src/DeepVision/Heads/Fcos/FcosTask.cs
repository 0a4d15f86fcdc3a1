using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes from FCOS's raw outputs, level by level.</summary>
internal sealed class FcosTask : PyramidDetectionTask
{
    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="levels">The names of the levels, from fine to coarse, like P3.</param>
    public FcosTask(IReadOnlyList<string> labels, FcosDecoder decoder, IReadOnlyList<string> levels)
        : base(labels, levels)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Decoder = decoder;
    }

    /// <summary>The decoder with its anchors and thresholds.</summary>
    public FcosDecoder Decoder { get; }

    /// <summary>The name of the output with a level's class logits, (N, K, H, W).</summary>
    public static string LogitsOutput(string level) => $"cls_logits.{level}";

    /// <summary>The name of the output with a level's distances to the four sides, (N, 4, H, W).</summary>
    public static string DistancesOutput(string level) => $"bbox_regression.{level}";

    /// <summary>The name of the output with a level's center-ness logits, (N, 1, H, W).</summary>
    public static string CenternessOutput(string level) => $"bbox_ctrness.{level}";

    /// <inheritdoc/>
    public override HostTensor Scores(IReadOnlyDictionary<string, HostTensor> outputs, int index, string level)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        HostTensor scores = PlaceScores.Sigmoid(outputs[LogitsOutput(level)], index, Decoder.Classes);
        return PlaceScores.Combine(scores, outputs[CenternessOutput(level)].Item(index), (score, centerness) => MathF.Sqrt(score * centerness));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        FcosLevel[] levels =
        [
            .. Levels.Select(level => new FcosLevel(outputs[LogitsOutput(level)], outputs[DistancesOutput(level)], outputs[CenternessOutput(level)])),
        ];
        return Decoder.Find(geometry.ContentArea, geometry.TensorSize, levels, index);
    }
}
