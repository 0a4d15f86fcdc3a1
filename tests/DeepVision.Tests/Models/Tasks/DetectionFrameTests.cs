using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Models.Tasks;

/// <summary>Boxes are clipped to where the picture lies in the tensor, wherever that is.</summary>
public sealed class DetectionFrameTests
{
    private const int Side = 64;
    private const int Stride = 8;
    private const int Places = Side / Stride;

    private static readonly string[] Labels = ["background", "thing"];

    private static readonly AnchorSpec Squares = new() { Levels = [new AnchorLevelSpec { Sizes = [16], AspectRatios = [1] }] };

    private static readonly Dictionary<string, Func<DetectionTask>> Tasks = new()
    {
        ["FCOS"] = () => new FcosTask(Labels, new FcosDecoder(Squares, 2), ["P3"]),
        ["RetinaNet"] = () => new RetinaNetTask(Labels, new RetinaNetDecoder(Squares, 2), ["P3"]),
        ["SSD"] = () => new SsdTask(Labels, new SsdDecoder(new DefaultBoxSpec { Levels = [Shares] }, 2), ["P3"]),
        ["Faster R-CNN"] = () => new FasterRcnnTask(Labels, new FasterRcnnDecoder(2)),
        ["RetinaFace"] = () => new RetinaFaceTask(
            Labels, new RetinaFaceDecoder(Squares, lowestLevel: 3, classes: 1, new RetinaFaceDecoderOptions { ClipToImage = true }), ["P3"]),
        ["FastestDet"] = () => new FastestDetTask(
            Labels, new FastestDetDecoder(2, new FastestDetDecoderOptions { ScoreThreshold = 0.1f, ClipToImage = true }), "P3"),
        ["YOLOX"] = () => new YoloxTask(
            Labels, new YoloxDecoder(lowestLevel: 3, levelCount: 1, classes: 2, new YoloxDecoderOptions { ScoreThreshold = 0.1f, ClipToImage = true }), ["P3"]),
    };

    public static TheoryData<string> Names { get; } = [.. Tasks.Keys];

    private static DefaultBoxLevelSpec Shares => new() { Scale = 0.25, NextScale = 0.25, AspectRatios = [] };

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_PictureInTheMiddleOfALetterbox_ClipsBoxesToIt(string name)
    {
        ImagePreprocessing letterbox = ImagePreprocessing.Letterbox(ImageSize.Square(Side), anchor: LetterboxAnchor.Center);

        AssertClipped(name, letterbox.Plan(64, 20), new Box(0, 22, 64, 42));
        AssertClipped(name, letterbox.Plan(20, 64), new Box(22, 0, 42, 64));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_PictureSmallerThanItsCenterCrop_ClipsBoxesToIt(string name)
    {
        var crop = new ImagePreprocessing { CenterCrop = ImageSize.Square(Side) };

        AssertClipped(name, crop.Plan(64, 30), new Box(0, 17, 64, 47));
    }

    private static void AssertClipped(string name, PreparedGeometry geometry, Box picture)
    {
        IReadOnlyList<ScoredBox> found = Tasks[name]().Decode(Outputs(name), 0, geometry);

        // There are candidates all over the tensor.
        Assert.NotEmpty(found);
        Assert.All(found, item => Assert.Equal(item.Box, Within(item.Box, picture)));
        Assert.Equal(picture.X1, found.Min(item => item.Box.X1));
        Assert.Equal(picture.Y1, found.Min(item => item.Box.Y1));
        Assert.Equal(picture.X2, found.Max(item => item.Box.X2));
        Assert.Equal(picture.Y2, found.Max(item => item.Box.Y2));
    }

    private static Box Within(Box box, Box picture) => new(
        Math.Clamp(box.X1, picture.X1, picture.X2),
        Math.Clamp(box.Y1, picture.Y1, picture.Y2),
        Math.Clamp(box.X2, picture.X1, picture.X2),
        Math.Clamp(box.Y2, picture.Y1, picture.Y2));

    /// <summary>The second class and a box of 16 to 20 pixels at each place, in the outputs of any of the tasks.</summary>
    private static Dictionary<string, HostTensor> Outputs(string name)
    {
        if (name == "Faster R-CNN")
        {
            var rows = new HostTensor(new TensorShape(Places * Places, FasterRcnnTask.ProposalLength));
            for (int place = 0; place < Places * Places; place++)
            {
                float x = place % Places * Stride;
                float y = place / Places * Stride;
                ReadOnlySpan<float> row = [0, x - 8, y - 8, x + 8, y + 8];
                row.CopyTo(rows.Values[(place * FasterRcnnTask.ProposalLength)..]);
            }

            return new Dictionary<string, HostTensor>
            {
                [FasterRcnnTask.ProposalsOutput] = rows,
                [FasterRcnnTask.LogitsOutput] = new(
                    new TensorShape(Places * Places, 2), [.. Enumerable.Range(0, 2 * Places * Places).Select(i => i % 2 == 0 ? -9f : 1f)]),
                [FasterRcnnTask.DeltasOutput] = new(new TensorShape(Places * Places, 8)),
            };
        }

        int anchors = name == "SSD" ? Shares.BoxesPerLocation : 1;
        return new Dictionary<string, HostTensor>
        {
            [FcosTask.LogitsOutput("P3")] = Maps(2 * anchors, channel => channel % 2 == 0 ? -9 : 1),
            [RetinaFaceTask.LogitsOutput("P3")] = Maps(2, channel => channel == 0 ? -9 : 1),
            [FcosTask.DistancesOutput("P3")] = Maps(4 * anchors, channel => name switch
            {
                "FCOS" => 0.5f,
                "FastestDet" when channel >= 2 => MathF.Log(0.3f / 0.7f),
                "YOLOX" when channel >= 2 => MathF.Log(2.4f),
                _ => 0,
            }),
            [FcosTask.CenternessOutput("P3")] = Maps(1, _ => 1),
            [FastestDetTask.ObjectnessOutput("P3")] = Maps(1, _ => 1),
            [RetinaFaceTask.LandmarksOutput("P3")] = Maps(10, _ => 0),
        };
    }

    private static HostTensor Maps(int channels, Func<int, float> value)
    {
        var maps = new HostTensor(new TensorShape(1, channels, Places, Places));
        for (int i = 0; i < maps.Values.Length; i++)
        {
            maps.Values[i] = value(i / (Places * Places));
        }

        return maps;
    }
}
