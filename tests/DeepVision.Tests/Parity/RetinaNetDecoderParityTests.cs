using DeepVision.Detections;

namespace DeepVision.Tests.Parity;

/// <summary>The same raw outputs through torchvision's decoding and ours.</summary>
public sealed class RetinaNetDecoderParityTests
{
    private const int Classes = 91;

    /// <summary>Decoding is one exponential and a few roundings; 1e-6 of the image's side is about 4 units in the last place.</summary>
    private const float BoxTolerance = 1e-6f;

    /// <summary>Two units in the last place of a score near 1.</summary>
    private const float ScoreTolerance = 1.2e-7f;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decode_SameRawOutputs_GivesTorchvisionsDetectionsInOrder(int index)
    {
        GoldenDetections golden = GoldenDetections.Load("raw_outputs")[index];
        golden.AssertWorthComparing();
        (int height, int width) = (golden.Int("height"), golden.Int("width"));
        var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, Classes, new RetinaNetDecoderOptions { MaxDetections = golden.Int("cap") });
        var levels = new List<RetinaNetLevel>();
        long anchor = 0;
        foreach (int stride in new[] { 8, 16, 32, 64, 128 })
        {
            var map = new SpatialSize((height + stride - 1) / stride, (width + stride - 1) / stride);
            (float[] logits, float[] codes) = ParityRawOutputs.Level(anchor, map.Height, map.Width, Classes, golden.Int("oneIn"));
            levels.Add(new RetinaNetLevel(logits, codes, map));
            anchor += (long)map.Height * map.Width * ParityRawOutputs.AnchorsPerPlace;
        }

        ScoredBox[] found = decoder.Decode(
            new SpatialSize(golden.Int("validHeight"), golden.Int("validWidth")), new SpatialSize(height, width), [.. levels]);

        Assert.Equal(golden.Labels, found.Select(box => box.ClassIndex));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(golden.Scores[i], found[i].Score, ScoreTolerance);
            float[] box = [found[i].Box.X1, found[i].Box.Y1, found[i].Box.X2, found[i].Box.Y2];
            for (int k = 0; k < 4; k++)
            {
                Assert.True(
                    Math.Abs(golden.Boxes[i][k] - box[k]) <= BoxTolerance * width,
                    $"Detection {i}, side {k}: expected {golden.Boxes[i][k]:R}, found {box[k]:R}.");
            }
        }
    }
}
