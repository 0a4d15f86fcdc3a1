using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes from RetinaNet's raw outputs, level by level.</summary>
public sealed class RetinaNetTask : PyramidDetectionTask
{
    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="levels">The names of the levels, from fine to coarse, like P3.</param>
    internal RetinaNetTask(IReadOnlyList<string> labels, RetinaNetDecoder decoder, IReadOnlyList<string> levels)
        : base(labels, levels)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Decoder = decoder;
        Candidates = new CandidateRequest
        {
            Levels = [.. Levels.Select(level => (LogitsOutput(level), DeltasOutput(level)))],
            Classes = decoder.Classes,
            Selector = decoder.Selector,
        };
    }

    /// <summary>The decoder with its anchors and thresholds.</summary>
    internal RetinaNetDecoder Decoder { get; }

    /// <inheritdoc/>
    public override CandidateRequest Candidates { get; }

    /// <summary>The name of the output with a level's class logits, (N, A * K, H, W).</summary>
    public static string LogitsOutput(string level) => $"cls_logits.{level}";

    /// <summary>The name of the output with a level's box deltas, (N, A * 4, H, W).</summary>
    public static string DeltasOutput(string level) => $"bbox_regression.{level}";

    /// <inheritdoc/>
    public override HostTensor Scores(IReadOnlyDictionary<string, HostTensor> outputs, int index, string level)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return PlaceScores.Sigmoid(outputs[LogitsOutput(level)], index, Decoder.Classes);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        using RetinaNetDecoding decoding = Begin(geometry);
        foreach (string level in Levels)
        {
            HostTensor logits = outputs[LogitsOutput(level)];
            HostTensor deltas = outputs[DeltasOutput(level)];
            decoding.AddLevel(logits.Item(index), deltas.Item(index), new SpatialSize(logits.Shape.Height, logits.Shape.Width));
        }

        return decoding.Find();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyList<LevelCandidates> levels, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(geometry);
        using RetinaNetDecoding decoding = Begin(geometry);
        foreach (LevelCandidates level in levels)
        {
            decoding.AddPicked(level);
        }

        return decoding.Find();
    }

    private RetinaNetDecoding Begin(PreparedGeometry geometry) => Decoder.Begin(geometry.ContentArea, geometry.TensorSize);
}
