namespace DeepVision.Tests.Parity;

/// <summary>How far two lists of detections agree.</summary>
/// <param name="Expected">The number of expected detections.</param>
/// <param name="Unmatched">Detections of either side without a partner.</param>
/// <param name="WorstScoreDifference">The largest difference between partners' scores.</param>
/// <param name="Unexcused">Descriptions of the unmatched ones that no threshold excuses.</param>
internal sealed record DetectionMatch(int Expected, int Unmatched, double WorstScoreDifference, IReadOnlyList<string> Unexcused)
{
    /// <summary>No unmatched detection without an excuse, and at most 1 % with one.</summary>
    internal void AssertAgrees()
    {
        Assert.True(Unexcused.Count == 0, $"{Unexcused.Count} of {Expected} detections differ without an excuse:\n{string.Join('\n', Unexcused)}");
        Assert.True(Unmatched <= 0.01 * Expected, $"{Unmatched} unmatched detections for {Expected} expected; at most 1 % may be excused.");
    }
}
