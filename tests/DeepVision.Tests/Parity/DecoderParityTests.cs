using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>The same raw outputs through torchvision's decoding and ours.</summary>
public sealed class DecoderParityTests
{
    private const int Classes = 91;

    /// <summary>Decoding is one exponential and a few roundings; 1e-6 of the image's side is about 4 units in the last place.</summary>
    private const float BoxTolerance = 1e-6f;

    /// <summary>Two units in the last place of a score near 1.</summary>
    private const float ScoreTolerance = 1.2e-7f;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void RetinaNet_SameRawOutputs_GivesTorchvisionsDetectionsInOrder(int index)
    {
        const int Anchors = 9;
        GoldenDetections golden = GoldenDetections.Load("raw_outputs")[index];
        var raw = new ParityRawOutputs(ParityRawOutputs.Detector.RetinaNet, Classes, golden.Int("oneIn"));
        var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, Classes, new RetinaNetDecoderOptions { MaxDetections = golden.Int("cap") });
        RetinaNetLevel[] levels =
        [
            .. Pyramid(golden, Anchors).Select(level => new RetinaNetLevel(
                raw.Logits(level.FirstAnchor, (int)level.Map.Area, Anchors), raw.Codes(level.FirstAnchor, (int)level.Map.Area, Anchors), level.Map)),
        ];

        AssertSame(golden, decoder.Decode(Valid(golden), Padded(golden), levels));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fcos_SameRawOutputs_GivesTorchvisionsDetectionsInOrder(int index)
    {
        GoldenDetections golden = GoldenDetections.Load("raw_outputs_fcos")[index];
        var raw = new ParityRawOutputs(ParityRawOutputs.Detector.Fcos, Classes, golden.Int("oneIn"));
        var options = new FcosDecoderOptions { MaxDetections = golden.Int("cap") };
        var decoder = new FcosDecoder(AnchorSpec.Fcos, Classes, golden.Has("topK") ? options with { TopKPerLevel = golden.Int("topK") } : options);
        FcosLevel[] levels =
        [
            .. Pyramid(golden, anchors: 1).Select(level => new FcosLevel(
                Tensor(level.Map, Classes, raw.Logits(level.FirstAnchor, (int)level.Map.Area, 1)),
                Tensor(level.Map, 4, raw.Codes(level.FirstAnchor, (int)level.Map.Area, 1)),
                Tensor(level.Map, 1, ParityRawOutputs.Centerness(level.FirstAnchor, (int)level.Map.Area, 1)))),
        ];

        AssertSame(golden, decoder.Decode(Valid(golden), Padded(golden), levels));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Ssd_SameRawOutputs_GivesTorchvisionsDetectionsInOrder(int index)
    {
        GoldenDetections golden = GoldenDetections.Load("raw_outputs_ssd")[index];
        var raw = new ParityRawOutputs(ParityRawOutputs.Detector.Ssd, Classes, golden.Int("oneIn"));
        var options = new SsdDecoderOptions { MaxDetections = golden.Int("cap") };
        var decoder = new SsdDecoder(DefaultBoxSpec.Ssd300, Classes, golden.Has("topK") ? options with { TopKPerClass = golden.Int("topK") } : options);
        var levels = new List<SsdLevel>();
        long first = 0;
        foreach ((SpatialSize map, DefaultBoxLevelSpec level) in SsdMaps(golden).Zip(DefaultBoxSpec.Ssd300.Levels))
        {
            int places = (int)map.Area;
            int anchors = level.BoxesPerLocation;
            levels.Add(new SsdLevel(
                Tensor(map, anchors * Classes, raw.Logits(first, places, anchors)), Tensor(map, anchors * 4, raw.Codes(first, places, anchors))));
            first += places * anchors;
        }

        AssertSame(golden, decoder.Decode(Valid(golden), Padded(golden), levels));
    }

    private static SpatialSize Padded(GoldenDetections golden) => new(golden.Int("height"), golden.Int("width"));

    private static SpatialSize Valid(GoldenDetections golden) => new(golden.Int("validHeight"), golden.Int("validWidth"));

    private static HostTensor Tensor(SpatialSize map, int channels, float[] values) => new(new TensorShape(1, channels, map.Height, map.Width), values);

    /// <summary>The maps of P3 to P7 and the number of the first anchor on each.</summary>
    private static IEnumerable<(SpatialSize Map, long FirstAnchor)> Pyramid(GoldenDetections golden, int anchors)
    {
        long first = 0;
        foreach (int stride in new[] { 8, 16, 32, 64, 128 })
        {
            var map = new SpatialSize((golden.Int("height") + stride - 1) / stride, (golden.Int("width") + stride - 1) / stride);
            yield return (map, first);
            first += map.Area * anchors;
        }
    }

    /// <summary>The maps of a SSD300 with a VGG: halved thrice, the third time rounding up, then on to P6, then two pixels less each time.</summary>
    private static IEnumerable<SpatialSize> SsdMaps(GoldenDetections golden)
    {
        int[] heights = [.. Sides(golden.Int("height"))];
        int[] widths = [.. Sides(golden.Int("width"))];
        return heights.Zip(widths, (height, width) => new SpatialSize(height, width));

        static IEnumerable<int> Sides(int side)
        {
            int p3 = ((side / 4) + 1) / 2;
            int p5 = ((p3 / 2) + 1) / 2;
            int p6 = (p5 + 1) / 2;
            return [p3, p3 / 2, p5, p6, p6 - 2, p6 - 4];
        }
    }

    private static void AssertSame(GoldenDetections golden, IReadOnlyList<ScoredBox> found)
    {
        golden.AssertWorthComparing();
        Assert.Equal(golden.Labels, found.Select(box => box.ClassIndex));
        for (int i = 0; i < found.Count; i++)
        {
            Assert.Equal(golden.Scores[i], found[i].Score, ScoreTolerance);
            float[] box = [found[i].Box.X1, found[i].Box.Y1, found[i].Box.X2, found[i].Box.Y2];
            for (int k = 0; k < 4; k++)
            {
                Assert.True(
                    Math.Abs(golden.Boxes[i][k] - box[k]) <= BoxTolerance * golden.Int("width"),
                    $"Detection {i}, side {k}: expected {golden.Boxes[i][k]:R}, found {box[k]:R}.");
            }
        }
    }
}
