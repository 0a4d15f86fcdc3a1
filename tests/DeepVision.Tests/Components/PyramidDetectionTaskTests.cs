using DeepVision.Components;
using DeepVision.Cpu.Planning;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;

namespace DeepVision.Tests.Components;

/// <summary>The scores of places are those of the boxes that decoding makes of them.</summary>
public sealed class PyramidDetectionTaskTests
{
    private const int Places = 8;

    private static readonly string[] Labels = ["background or other", "cat", "dog"];
    private static readonly string[] Levels = ["P3", "P4"];

    private static readonly AnchorSpec OneSquare = new() { Levels = [.. Levels.Select(_ => new AnchorLevelSpec { Sizes = [16], AspectRatios = [1] })] };
    private static readonly AnchorSpec TwoSquares = new() { Levels = [.. Levels.Select(_ => new AnchorLevelSpec { Sizes = [16, 24], AspectRatios = [1] })] };

    private static readonly DefaultBoxSpec Shares = new()
    {
        Levels = [.. Levels.Select(_ => new DefaultBoxLevelSpec { Scale = 0.25, NextScale = 0.4, AspectRatios = [] })],
    };

    // Each with its number of classes in a row of logits, of rows at a place, and the name of the class logits.
    private static readonly Dictionary<string, (PyramidDetectionTask Task, int Row, int Anchors, Func<string, string> Logits)> Tasks = new()
    {
        ["FCOS"] = (new FcosTask(Labels, new FcosDecoder(OneSquare, 3), Levels), 3, 1, FcosTask.LogitsOutput),
        ["RetinaNet"] = (new RetinaNetTask(Labels, new RetinaNetDecoder(TwoSquares, 3), Levels), 3, 2, RetinaNetTask.LogitsOutput),
        ["SSD"] = (new SsdTask(Labels, new SsdDecoder(Shares, 3), Levels), 3, 2, SsdTask.LogitsOutput),
        ["RetinaFace"] = (new RetinaFaceTask(Labels, new RetinaFaceDecoder(TwoSquares, 3, 3), Levels), 4, 2, RetinaFaceTask.LogitsOutput),
        ["YOLOX"] = (new YoloxTask(Labels, new YoloxDecoder(3, 2, 3), Levels), 3, 1, YoloxTask.LogitsOutput),
        ["FastestDet"] = (new FastestDetTask(Labels, new FastestDetDecoder(3), "P3"), 3, 1, FastestDetTask.LogitsOutput),
    };

    public static TheoryData<string> Names { get; } = [.. Tasks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_OfEachLevel_HaveTheBestBoxsScore(string name)
    {
        (PyramidDetectionTask task, _, _, _) = Tasks[name];
        Dictionary<string, HostTensor> outputs = Noise(name);
        PreparedGeometry geometry = new ImagePreprocessing().Plan(8 * Places, 8 * Places);
        for (int image = 0; image < 2; image++)
        {
            ScoredBox best = task.Decode(outputs, image, geometry)[0];

            HostTensor[] scores = [.. task.Levels.Select(level => task.Scores(outputs, image, level))];

            Assert.All(scores, map => Assert.Equal(new TensorShape(1, 3, map.Shape.Height, map.Shape.Width), map.Shape));
            Assert.Equal(best.Score, scores.Max(map => Largest(map.Values)), 1e-6f);
            Assert.Equal(best.Score, scores.Max(map => Largest(map.Item(0).Slice(best.ClassIndex * map.Values.Length / 3, map.Values.Length / 3))), 1e-6f);
        }
    }

    [Fact]
    public void Scores_OfABackground_AreZero()
    {
        HostTensor scores = Tasks["SSD"].Task.Scores(Noise("SSD"), 0, "P3");

        Assert.All(scores.Values[..(Places * Places)].ToArray(), score => Assert.Equal(0, score));
        Assert.All(scores.Values[(Places * Places)..].ToArray(), score => Assert.InRange(score, float.Epsilon, 1));
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    private static Dictionary<string, HostTensor> Noise(string name)
    {
        (PyramidDetectionTask task, int row, int anchors, Func<string, string> logits) = Tasks[name];
        var random = new Random(7);
        var outputs = new Dictionary<string, HostTensor>();
        foreach ((int index, string level) in task.Levels.Index())
        {
            int side = Places >> index;
            outputs.Add(logits(level), Maps(row * anchors, side));
            outputs.Add($"bbox_regression.{level}", Maps(4 * anchors, side));
            outputs.Add($"bbox_ctrness.{level}", Maps(1, side));
            outputs.Add($"objectness.{level}", Maps(1, side));
            outputs.Add($"landmark_regression.{level}", Maps(10 * anchors, side));
        }

        return outputs;

        HostTensor Maps(int channels, int side)
        {
            var maps = new HostTensor(new TensorShape(2, channels, side, side));
            for (int i = 0; i < maps.Values.Length; i++)
            {
                maps.Values[i] = (random.NextSingle() * 6) - 2;
            }

            return maps;
        }
    }
}
