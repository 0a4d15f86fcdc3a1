namespace DeepVision.Detections;

/// <summary>
/// One pass over scores that keeps the best: the list may grow to twice as many as are kept; then its worse half goes and the
/// bar rises. The list is in no order until <see cref="CandidateList.KeepBest"/>.
/// </summary>
internal struct CandidateCollector(CandidateList candidates, float threshold, int topK)
{
    private readonly long _capacity = 2L * topK;
    private ulong _worst = ulong.MaxValue;

    /// <summary>What a score has to reach now; the threshold itself is not enough.</summary>
    public readonly float Bar => _worst == ulong.MaxValue ? threshold : ScoreOrder.Score(_worst);

    /// <summary>Takes a score that can still be among the best; NaN never is.</summary>
    /// <returns>True where the bar rose.</returns>
    public bool Offer(float score, int index)
    {
        if (!(score > threshold))
        {
            return false;
        }

        ulong key = ScoreOrder.Key(score, index);
        if (key >= _worst)
        {
            return false;
        }

        candidates.AddKey(key);
        if (candidates.Count < _capacity)
        {
            return false;
        }

        candidates.Trim(topK);
        _worst = candidates.WorstKey();
        return true;
    }
}
