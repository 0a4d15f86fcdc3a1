namespace DeepVision.Tests.Parity;

/// <summary>The comparison of detections notices what it should notice.</summary>
public sealed class GoldenDetectionsTests
{
    private static readonly GoldenDetections Golden = GoldenDetections.Load("retinanet_resnet50_fpn")[0];

    [Fact]
    public void Match_SameDetections_LeavesNoneOver()
    {
        DetectionMatch match = Golden.Match(Golden.Labels, Golden.Scores, Golden.Boxes);

        Assert.Equal(0, match.Unmatched);
        match.AssertAgrees();
    }

    [Fact]
    public void Match_OtherLabel_IsNotExcused()
    {
        int[] labels = [.. Golden.Labels];
        labels[0] = 1000;

        DetectionMatch match = Golden.Match(labels, Golden.Scores, Golden.Boxes);

        Assert.Equal(2, match.Unmatched);
        Assert.NotEmpty(match.Unexcused);
    }

    [Fact]
    public void Match_ShiftedBox_IsNotExcused()
    {
        float[][] boxes = [.. Golden.Boxes];
        boxes[0] = [.. boxes[0].Select(side => side + 2)];

        Assert.NotEmpty(Golden.Match(Golden.Labels, Golden.Scores, boxes).Unexcused);
    }

    [Fact]
    public void Match_LastOneMissing_IsExcusedByTheCutOff()
    {
        DetectionMatch match = Golden.Match(Golden.Labels[..^1], Golden.Scores[..^1], Golden.Boxes[..^1]);

        Assert.Equal(1, match.Unmatched);
        Assert.Empty(match.Unexcused);
    }

    [Fact]
    public void Match_BestOneMissing_IsNotExcused() =>
        Assert.NotEmpty(Golden.Match(Golden.Labels[1..], Golden.Scores[1..], Golden.Boxes[1..]).Unexcused);
}
