using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Prediction;

public sealed class DetectionListTests
{
    /// <summary>The tensor is the source image at half its size.</summary>
    private static readonly PreparedGeometry Halved =
        new ImagePreprocessing { Resize = ResizeRule.Exact(new ImageSize(50, 40)) }.Plan(100, 80);

    [Fact]
    public void Item_FoundBoxes_AreLabeledAndInPixelsOfTheSource()
    {
        var list = new DetectionList(new TwoClasses(), Found(), minScore: 0, Halved);

        Assert.Equal(3, list.Count);
        Assert.Equal(new Box(2, 4, 20, 40), list[0].Box);
        Assert.Equal(("boat", 1, 0.9f), (list[0].Label, list[0].ClassIndex, list[0].Score));
        Assert.Equal([new Landmark(4, 6), new Landmark(8, 10)], list[0].Landmarks!);
        Assert.Equal([new Landmark(60, 40), new Landmark(60, 42)], list[2].Landmarks!);
        Assert.Equal(new Box(40, 60, 100, 80), list[2].Box);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
    }

    [Fact]
    public void Item_ReadTwice_IsTheSameObject()
    {
        var list = new DetectionList(new TwoClasses(), Found(), minScore: 0, Halved);
        Detection second = list[1];

        Assert.Same(second, list[1]);
        Assert.Equal(list, list, ReferenceEqualityComparer.Instance);
        Assert.Same(second, list.ElementAt(1));
    }

    [Theory]
    [InlineData(0.5f, 2)]
    [InlineData(0.9f, 1)]
    [InlineData(0.95f, 0)]
    public void Count_MinScore_LeavesOutLowerOnes(float minScore, int count)
    {
        FoundBoxes found = Found();
        IReadOnlyList<ScoredBox> elsewhere = found.ToArray();

        var list = new DetectionList(new TwoClasses(), found, minScore, Halved);
        var others = new DetectionList(new TwoClasses(), elsewhere, minScore, Halved);

        Assert.Equal(count, list.Count);
        Assert.All(list, detection => Assert.True(detection.Score >= minScore));
        Assert.Equal(list.Select(Described), others.Select(Described));
        Assert.Equal(3, found.Count);
    }

    private static string Described(Detection detection) => $"{detection} {string.Join(' ', detection.Landmarks!)}";

    private static FoundBoxes Found()
    {
        var found = new FoundBoxes(count: 3, landmarks: 2);
        found.Set(0, new Box(1, 2, 10, 20), 1, 0.9f);
        found.Set(1, new Box(5, 5, 6, 6), 0, 0.5f);
        found.Set(2, new Box(20, 30, 500, 500), 0, 0.25f);
        new[] { new Landmark(2, 3), new Landmark(4, 5) }.CopyTo(found.LandmarksOf(0));
        new[] { new Landmark(30, 20), new Landmark(30, 21) }.CopyTo(found.LandmarksOf(2));
        return found;
    }

    private sealed class TwoClasses : DetectionTask
    {
        public override IReadOnlyList<string> Labels => ["anchor", "boat"];

        public override string Describe() => "detection of two classes";

        public override IReadOnlyList<ScoredBox> Decode(
            IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry) => [];
    }
}
