using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes from FastestDet's raw outputs.</summary>
internal sealed class FastestDetTask : PyramidDetectionTask
{
    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="level">The name of the level, like P4.</param>
    public FastestDetTask(IReadOnlyList<string> labels, FastestDetDecoder decoder, string level)
        : base(labels, [level])
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(level);
        Decoder = decoder;
        Level = level;
    }

    /// <summary>The decoder with its thresholds.</summary>
    public FastestDetDecoder Decoder { get; }

    /// <summary>The name of the level.</summary>
    public string Level { get; }

    /// <summary>A plain resize to 352 x 352 as OpenCV's, blue, green, red from 0 to 1.</summary>
    public override ImagePreprocessing DefaultPreprocessing => Preprocessing;

    internal static ImagePreprocessing Preprocessing { get; } = new()
    {
        Resize = ResizeRule.Exact(ImageSize.Square(352)),
        Interpolation = Interpolation.BilinearFixedPoint,
        Channels = ChannelOrder.Bgr,
    };

    /// <summary>The name of the output with a level's class logits, (N, K, H, W).</summary>
    public static string LogitsOutput(string level) => $"cls_logits.{level}";

    /// <summary>The name of the output with a level's box numbers, (N, 4, H, W).</summary>
    public static string BoxesOutput(string level) => $"bbox_regression.{level}";

    /// <summary>The name of the output with a level's objectness logits, (N, 1, H, W).</summary>
    public static string ObjectnessOutput(string level) => $"objectness.{level}";

    /// <inheritdoc/>
    public override bool ClipsToImage => Decoder.Options.ClipToImage;

    /// <inheritdoc/>
    public override HostTensor Scores(IReadOnlyDictionary<string, HostTensor> outputs, int index, string level)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        HostTensor scores = PlaceScores.Softmax(outputs[LogitsOutput(level)], index, Decoder.Classes);
        return PlaceScores.Combine(scores, outputs[ObjectnessOutput(level)].Item(index), FastestDetDecoder.ScoreOf);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        var level = new CellLevel(outputs[LogitsOutput(Level)], outputs[BoxesOutput(Level)], outputs[ObjectnessOutput(Level)]);
        return Decoder.Find(geometry.ContentArea, geometry.TensorSize, level, index);
    }
}
