using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

public sealed class CandidateSelectorTests
{
    [Fact]
    public void Select_OneHit_HasTorchvisionsFlatIndex()
    {
        // A = 2, K = 3, H = 2, W = 5; channel a * K + k = 1 * 3 + 2, y = 1, x = 3.
        var layout = Layout(anchors: 2, classes: 3, height: 2, width: 5);
        float[] logits = Filled(layout, -10f);
        logits[(5 * 10) + 5 + 3] = 2f;

        List<Candidate> found = Select(0.05f, 1000, logits, layout);

        Candidate candidate = Assert.Single(found);
        Assert.Equal((((((1 * 5) + 3) * 2) + 1) * 3) + 2, candidate.Index);
        Assert.Equal(1.0 / (1.0 + Math.Exp(-2.0)), candidate.Score, 1e-7);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 1, 1, 31)]
    [InlineData(1, 1, 1, 32)]
    [InlineData(1, 1, 3, 11)]
    [InlineData(3, 2, 5, 7)]
    [InlineData(9, 4, 6, 10)]
    [InlineData(9, 91, 3, 4)]
    public void Select_AnyShape_EqualsComputingEverySigmoid(int anchors, int classes, int height, int width)
    {
        LevelLayout layout = Layout(anchors, classes, height, width);
        var random = new Random(anchors + classes + height + width);
        foreach (float threshold in new[] { 0f, 0.01f, 0.05f, 0.5f, 0.9f, 1f })
        {
            foreach (int topK in new[] { 1, 2, 7, 100, 100_000 })
            {
                float[] logits = Filled(layout, 0f);
                for (int i = 0; i < logits.Length; i++)
                {
                    // A coarse grid, so that equal scores are common.
                    logits[i] = MathF.Round((random.NextSingle() * 16) - 8) / 2;
                }

                Assert.Equal(EverySigmoid(threshold, topK, logits, layout), Select(threshold, topK, logits, layout));
            }
        }
    }

    [Theory]
    [InlineData(0.05f)]
    [InlineData(0.3f)]
    [InlineData(0.5f)]
    [InlineData(0.7f)]
    public void Select_LogitsNextToTheThreshold_EqualsComputingEverySigmoid(float threshold)
    {
        LevelLayout layout = Layout(1, 1, 40, 100);
        float[] logits = Filled(layout, 0f);
        float logit = (float)Math.Log(threshold / (1.0 - threshold));
        int bits = BitConverter.SingleToInt32Bits(logit);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = logit == 0f ? (i - 2000) * 1e-9f : BitConverter.Int32BitsToSingle(bits + i - 2000);
        }

        List<Candidate> found = Select(threshold, 10_000, logits, layout);

        Assert.Equal(EverySigmoid(threshold, 10_000, logits, layout), found);
        Assert.InRange(found.Count, 1, logits.Length - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(500)]
    public void Select_RisingLogits_KeepsTheBestInOrder(int topK)
    {
        // The worst order for a list that is trimmed as it fills: every element beats all before it.
        LevelLayout layout = Layout(1, 1, 100, 100);
        float[] logits = Filled(layout, 0f);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = -2f + (i * 1e-3f);
        }

        List<Candidate> found = Select(0.05f, topK, logits, layout);

        Assert.Equal(EverySigmoid(0.05f, topK, logits, layout), found);
    }

    [Fact]
    public void Select_AllEqual_TakesLowestIndices()
    {
        LevelLayout layout = Layout(3, 5, 7, 9);

        List<Candidate> found = Select(0.05f, 20, Filled(layout, 1f), layout);

        Assert.Equal(Enumerable.Range(0, 20), found.Select(c => c.Index));
    }

    [Fact]
    public void Select_NotANumberAndInfinity_AreLeftOutAndScoreOne()
    {
        LevelLayout layout = Layout(1, 1, 1, 40);
        float[] logits = Filled(layout, float.NaN);
        logits[3] = float.PositiveInfinity;
        logits[38] = float.PositiveInfinity;
        logits[5] = float.NegativeInfinity;

        foreach (float threshold in new[] { 0f, 0.05f })
        {
            Assert.Equal([new Candidate(1f, 3), new Candidate(1f, 38)], Select(threshold, 10, logits, layout));
        }
    }

    [Fact]
    public void Select_Twice_StartsAfresh()
    {
        LevelLayout layout = Layout(1, 1, 4, 4);
        var selector = new CandidateSelector(0.05f, 5);
        var list = new CandidateList();
        selector.Select(Filled(layout, 1f), layout, list);

        selector.Select(Filled(layout, -9f), layout, list);

        Assert.Equal(0, list.Count);
    }

    [Fact]
    public void Select_WrongLength_SaysWhatWasExpected()
    {
        LevelLayout layout = Layout(9, 4, 6, 10);

        var error = Assert.Throws<ArgumentException>(() => new CandidateSelector(0.05f, 5).Select(new float[2159], layout, new CandidateList()));

        Assert.Contains("2160", error.Message, StringComparison.Ordinal);
        Assert.Contains("2159", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructors_ImpossibleArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandidateSelector(float.NaN, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandidateSelector(-0.1f, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandidateSelector(1.1f, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandidateSelector(0.5f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layout(0, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layout(1, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Layout(1, 1, 0, 1));
    }

    [Fact]
    public void CandidateList_KeepBest_SortsByScoreThenIndex()
    {
        var list = new CandidateList();
        var random = new Random(5);
        var all = new List<Candidate>();
        foreach (int index in Enumerable.Range(0, 3000).OrderBy(_ => random.Next()))
        {
            all.Add(new Candidate(random.Next(40) / 40f, index));
            list.Add(all[^1]);
        }

        list.KeepBest(700);

        Assert.Equal(all.OrderByDescending(c => c.Score).ThenBy(c => c.Index).Take(700), Items(list));
    }

    [Fact]
    public void CandidateList_BadCandidates_Throw()
    {
        var list = new CandidateList();

        Assert.Throws<ArgumentException>(() => list.Add(new Candidate(float.NaN, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Add(new Candidate(0.5f, -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => list[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.KeepBest(-1));
    }

    private static LevelLayout Layout(int anchors, int classes, int height, int width) =>
        new() { AnchorsPerLocation = anchors, Classes = classes, Map = new SpatialSize(height, width) };

    private static float[] Filled(LevelLayout layout, float value)
    {
        var logits = new float[layout.LogitCount];
        Array.Fill(logits, value);
        return logits;
    }

    private static List<Candidate> Select(float threshold, int topK, float[] logits, LevelLayout layout)
    {
        var list = new CandidateList();
        new CandidateSelector(threshold, topK).Select(logits, layout, list);
        return Items(list);
    }

    private static List<Candidate> Items(CandidateList list) => [.. Enumerable.Range(0, list.Count).Select(i => list[i])];

    private static IEnumerable<Candidate> EverySigmoid(float threshold, int topK, float[] logits, LevelLayout layout)
    {
        int places = (int)layout.Map.Area;
        int channels = layout.AnchorsPerLocation * layout.Classes;
        return logits
            .Select((logit, i) => new Candidate(Logistic.Sigmoid(logit), (i % places * channels) + (i / places)))
            .Where(c => c.Score > threshold)
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Index)
            .Take(topK);
    }
}
