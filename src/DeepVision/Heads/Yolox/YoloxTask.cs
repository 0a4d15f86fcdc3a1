using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes from YOLOX's raw outputs, level by level.</summary>
internal sealed class YoloxTask : PyramidDetectionTask
{
    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="levels">The names of the levels, from fine to coarse, like P3.</param>
    public YoloxTask(IReadOnlyList<string> labels, YoloxDecoder decoder, IReadOnlyList<string> levels)
        : base(labels, levels)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Decoder = decoder;
    }

    /// <summary>The decoder with its thresholds.</summary>
    public YoloxDecoder Decoder { get; }

    /// <summary>A letterbox of 640 x 640 with the picture at the top left, blue, green, red from 0 to 255.</summary>
    public override ImagePreprocessing DefaultPreprocessing => Preprocessing(640);

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
        HostTensor scores = PlaceScores.Sigmoid(outputs[LogitsOutput(level)], index, Decoder.Classes);
        return PlaceScores.Combine(scores, outputs[ObjectnessOutput(level)].Item(index), (score, objectness) => objectness * score);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        CellLevel[] levels =
        [
            .. Levels.Select(level => new CellLevel(outputs[LogitsOutput(level)], outputs[BoxesOutput(level)], outputs[ObjectnessOutput(level)])),
        ];
        return Decoder.Find(geometry.ContentArea, levels, index);
    }

    internal static ImagePreprocessing Preprocessing(int side) =>
        ImagePreprocessing.Letterbox(ImageSize.Square(side)) with { Channels = ChannelOrder.Bgr, Scale = PixelScale.Bytes };
}
