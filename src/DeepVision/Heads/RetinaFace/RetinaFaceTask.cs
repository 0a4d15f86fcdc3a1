using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes with landmarks from RetinaFace's raw outputs, level by level.</summary>
internal sealed class RetinaFaceTask : PyramidDetectionTask
{
    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class, without the background.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="levels">The names of the levels, from fine to coarse, like P3.</param>
    public RetinaFaceTask(IReadOnlyList<string> labels, RetinaFaceDecoder decoder, IReadOnlyList<string> levels)
        : base(labels, levels)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Decoder = decoder;
    }

    /// <summary>The decoder with its anchors and thresholds.</summary>
    public RetinaFaceDecoder Decoder { get; }

    /// <summary>The image as it is: blue, green, red from 0 to 255, less 104, 117 and 123.</summary>
    public override ImagePreprocessing DefaultPreprocessing => Preprocessing;

    internal static ImagePreprocessing Preprocessing { get; } = new()
    {
        Channels = ChannelOrder.Bgr,
        Scale = PixelScale.Bytes,
        Mean = new ChannelValues(104, 117, 123),
    };

    /// <summary>The name of the output with a level's class logits, background first, (N, A * (K + 1), H, W).</summary>
    public static string LogitsOutput(string level) => $"class_logits.{level}";

    /// <summary>The name of the output with a level's box deltas, (N, A * 4, H, W).</summary>
    public static string DeltasOutput(string level) => $"bbox_regression.{level}";

    /// <summary>The name of the output with a level's landmark deltas, (N, A * 10, H, W).</summary>
    public static string LandmarksOutput(string level) => $"landmark_regression.{level}";

    /// <inheritdoc/>
    public override bool ClipsToImage => Decoder.Options.ClipToImage;

    /// <inheritdoc/>
    public override string Describe() => $"detection of {Labels.Count} classes with landmarks";

    /// <inheritdoc/>
    public override HostTensor Scores(IReadOnlyDictionary<string, HostTensor> outputs, int index, string level)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        HostTensor scores = PlaceScores.Softmax(outputs[LogitsOutput(level)], index, Decoder.Classes + 1);
        int plane = scores.Values.Length / (Decoder.Classes + 1);
        return new HostTensor(scores.Shape.With(1, Decoder.Classes), scores.Values[plane..].ToArray());
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        RetinaFaceLevel[] levels =
        [
            .. Levels.Select(level => new RetinaFaceLevel(outputs[LogitsOutput(level)], outputs[DeltasOutput(level)], outputs[LandmarksOutput(level)])),
        ];
        return Decoder.Find(geometry.ContentArea, levels, index);
    }
}
