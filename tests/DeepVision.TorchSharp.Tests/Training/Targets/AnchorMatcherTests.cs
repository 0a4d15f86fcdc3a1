using DeepVision.Tensors;
using DeepVision.Torch.Training.Targets;

namespace DeepVision.Tests.Torch.Training.Targets;

public sealed class AnchorMatcherTests
{
    // IoU with the object (0, 0, 10, 10): 1, 0.5, 0.45, 0.3, 0.
    private static readonly Box[] s_anchors =
        [new(0, 0, 10, 10), new(0, 0, 10, 5), new(0, 0, 10, 4.5f), new(0, 0, 10, 3), new(50, 50, 60, 60)];

    [Fact]
    public void Match_OneObject_SplitsAtTheThresholds() =>
        Assert.Equal([0, 0, AnchorMatcher.Neither, AnchorMatcher.Background, AnchorMatcher.Background], Match(s_anchors, [new(0, 0, 10, 10)]));

    [Fact]
    public void Match_NoObject_AllIsBackground() =>
        Assert.All(Match(s_anchors, []), match => Assert.Equal(AnchorMatcher.Background, match));

    [Fact]
    public void Match_LowOverlap_TheClosestAnchorsBecomeForeground() =>

        // (0, 0, 10, 20) has IoU 0.5 with the first; the object beyond overlaps two anchors equally, by 1/7 and so both are its.
        Assert.Equal([0, 1, 1], Match([new(0, 0, 10, 10), new(20, 0, 30, 10), new(20, 10, 30, 20)], [new(0, 0, 10, 20), new(22, 8, 28, 12)]));

    [Fact]
    public void Match_LowOverlapNotAllowed_IsBackground() =>
        Assert.Equal(
            [AnchorMatcher.Background],
            Match([new(0, 0, 10, 10)], [new(8, 8, 18, 18)], options: new AnchorMatcherOptions { AllowLowQualityMatches = false }));

    [Fact]
    public void Match_ClosestAnchorOfAnObjectIsNearerToAnother_StaysWithTheOther()
    {
        // The only anchor overlaps both; it is the best of both, and object 0 is nearer to it.
        Assert.Equal([0], Match([new(0, 0, 10, 10)], [new(0, 0, 10, 9), new(0, 0, 10, 2)]));
    }

    [Fact]
    public void Match_IgnoredObject_TakesBackgroundOutOnly()
    {
        Box[] objects = [new(0, 0, 10, 10)], ignored = [new(0, 0, 10, 4)];

        // The ignored box has IoU 0.4 with the first anchor, 0.8 with the second, 0.89 with the third, 0.75 with the fourth.
        Assert.Equal([0, 0, AnchorMatcher.Neither, AnchorMatcher.Neither, AnchorMatcher.Background], Match(s_anchors, objects, ignored));
        Assert.Equal(
            [0, 0, AnchorMatcher.Neither, AnchorMatcher.Background, AnchorMatcher.Background],
            Match(s_anchors, objects, ignored, new AnchorMatcherOptions { IgnoredIoU = null }));
    }

    [Fact]
    public void Match_ObjectBesideAllAnchors_ChangesNothing() =>
        Assert.Equal([0, AnchorMatcher.Background], Match([new(0, 0, 10, 10), new(50, 50, 60, 60)], [new(0, 0, 10, 10), new(200, 200, 210, 210)]));

    [Fact]
    public void Constructor_BackgroundAboveForeground_IsAnError() =>
        Assert.Throws<ArgumentException>(() => new AnchorMatcher(new AnchorMatcherOptions { BackgroundIoU = 0.6f, ForegroundIoU = 0.5f }));

    [Fact]
    public void Match_WrongRoom_IsAnError() =>
        Assert.Throws<ArgumentException>(() => new AnchorMatcher().Match(s_anchors, [], [], new int[2]));

    private static int[] Match(Box[] anchors, Box[] objects, Box[]? ignored = null, AnchorMatcherOptions? options = null)
    {
        var matches = new int[anchors.Length];
        new AnchorMatcher(options).Match(anchors, objects, ignored ?? [], matches);
        return matches;
    }
}
