using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads.FasterRcnn;

public sealed class RegionStepTests
{
    private const int MapSide = 32;

    // The first row of bins that torchvision 0.14.1's MultiScaleRoIAlign(["P2"], 7, 2) cuts out of maps of 32 x 32 whose values are
    // their columns, for images of 64 x 128 and 128 x 64 and the boxes (48, 16, 80, 48) and (16, 48, 48, 80).
    private static readonly float[] Middle =
        [12.571428298950195f, 13.714285850524902f, 14.857142448425293f, 16f, 17.14285659790039f, 18.285717010498047f, 19.428573608398438f];

    private static readonly float[] Left =
        [4.571428298950195f, 5.714285850524902f, 6.857142448425293f, 8f, 9.14285659790039f, 10.285714149475098f, 11.428571701049805f];

    [Fact]
    public void Run_ImagesOfBothOrientationsPaddedToOneTensor_CutsLikeTorchvision()
    {
        IReadOnlyList<PreparedGeometry> geometries = ImagePreprocessing.TorchvisionDetection(64, 128)
            .PlanBatch([new ImageSize(128, 64), new ImageSize(64, 128)], BatchPadding.LikeTorchvision);

        (Box[] boxes, float[][] rows) = Run(geometries, [(Y: 8, X: 16), (Y: 16, X: 8)]);

        Assert.Equal([new Box(48, 16, 80, 48), new Box(16, 48, 48, 80)], boxes);
        AssertClose(Middle, rows[0]);
        AssertClose(Left, rows[1]);
    }

    [Fact]
    public void Run_FlatPictureInALetterbox_CutsByTheTensorsScale()
    {
        ImagePreprocessing letterbox = ImagePreprocessing.Letterbox(ImageSize.Square(128), anchor: LetterboxAnchor.Center);

        // The picture has rows 48 to 80.
        (Box[] boxes, float[][] rows) = Run([letterbox.Plan(128, 32)], [(Y: 16, X: 16)]);

        Assert.Equal([new Box(48, 48, 80, 80)], boxes);
        AssertClose(Middle, rows[0]);
    }

    /// <summary>One proposal an image, a square of 32 pixels around a pixel of the map.</summary>
    private static (Box[] Boxes, float[][] FirstRows) Run(IReadOnlyList<PreparedGeometry> geometries, (int Y, int X)[] places)
    {
        int images = geometries.Count;
        var map = new HostTensor(new TensorShape(images, 1, MapSide, MapSide));
        var objectness = new HostTensor(map.Shape);
        objectness.Values.Fill(float.NegativeInfinity);
        for (int i = 0; i < map.Values.Length; i++)
        {
            map.Values[i] = i % MapSide;
        }

        for (int i = 0; i < images; i++)
        {
            Assert.Equal(ImageSize.Square(4 * MapSide), geometries[i].Tensor);
            objectness.Item(i)[(places[i].Y * MapSide) + places[i].X] = 1;
        }

        var options = new RoiAlignOptions();
        var anchors = new AnchorSpec { Levels = [new AnchorLevelSpec { Sizes = [32], AspectRatios = [1] }] };
        var step = new RegionStep(new ProposalDecoder(anchors), options, ["P2"], pooledLevels: 1, channels: 1);
        HostStepResult result = step.Run(
            new Dictionary<string, HostTensor>
            {
                ["P2"] = map,
                [FasterRcnnTask.ObjectnessOutput("P2")] = objectness,
                [FasterRcnnTask.AnchorDeltasOutput("P2")] = new(map.Shape.With(1, 4)),
            },
            geometries,
            threads: 1);

        Assert.Equal(images, result.Input.Batch);
        int length = options.OutputSize * options.OutputSize;
        var cut = new float[images * length];
        result.WriteRows(0, cut);
        float[] kept = result.Kept[FasterRcnnTask.ProposalsOutput].Values.ToArray();
        return (
            [.. kept.Chunk(FasterRcnnTask.ProposalLength).Select(row => new Box(row[1], row[2], row[3], row[4]))],
            [.. cut.Chunk(length).Select(region => region[..options.OutputSize])]);
    }

    private static void AssertClose(float[] expected, float[] found)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-5f);
        }
    }
}
