using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class FasterRcnnDecoderTests
{
    private static readonly SpatialSize Image = new(100, 200);

    [Fact]
    public void Decode_OneProposal_GivesABoxForEachLikelyClass()
    {
        // Classes: background, one of 3/8 and one of 1/2 with a shift of a tenth of its width, one of too little.
        float[] logits = [MathF.Log(0.09f), MathF.Log(0.375f), MathF.Log(0.5f), MathF.Log(0.035f)];
        float[] deltas = new float[16];
        deltas[8] = 1f;

        ScoredBox[] found = new FasterRcnnDecoder(4).Decode(Image, [new Box(10, 20, 30, 60)], logits, deltas);

        Assert.Equal([2, 1], found.Select(box => box.ClassIndex));
        Assert.Equal([0.5, 0.375], found.Select(box => Math.Round((double)box.Score, 6)));
        Assert.Equal(new Box(12, 20, 32, 60), found[0].Box);
        Assert.Equal(new Box(10, 20, 30, 60), found[1].Box);
    }

    [Fact]
    public void Decode_BackgroundLikely_GivesNothing() =>
        Assert.Empty(new FasterRcnnDecoder(2).Decode(Image, [new Box(10, 20, 30, 60)], [5f, 0f], new float[8]));

    [Fact]
    public void Decode_ClippedToAlmostNothing_IsDropped()
    {
        float[] deltas = new float[8];
        deltas[4] = -15f; // one and a half widths to the left: outside

        Assert.Empty(new FasterRcnnDecoder(2).Decode(Image, [new Box(0, 20, 20, 60)], [0f, 3f], deltas));
    }

    [Fact]
    public void Decode_OverlappingProposals_CompeteWithinTheirClassOnly()
    {
        Box[] proposals = [new(10, 20, 30, 60), new(11, 20, 31, 60), new(100, 20, 120, 60)];
        float[] logits = [0, 3, 0, 0, 2, 0, 0, 0, 3];

        ScoredBox[] found = new FasterRcnnDecoder(3, new() { ScoreThreshold = 0.5f }).Decode(Image, proposals, logits, new float[36]);

        Assert.Equal([(proposals[0], 1), (proposals[2], 2)], found.Select(box => (box.Box, box.ClassIndex)));
    }

    [Fact]
    public void Decode_MoreThanWanted_KeepsTheBest()
    {
        Box[] proposals = [.. Enumerable.Range(0, 20).Select(i => new Box(10 * i, 0, (10 * i) + 8, 50))];
        float[] logits = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { 0f, i * 0.1f })];

        ScoredBox[] found = new FasterRcnnDecoder(2, new() { MaxDetections = 3 }).Decode(Image, proposals, logits, new float[160]);

        Assert.Equal([proposals[19], proposals[18], proposals[17]], found.Select(box => box.Box));
    }

    [Fact]
    public void Decode_NaNOrInfiniteLogits_DoNotSpread()
    {
        Box[] proposals = [new(10, 20, 30, 60), new(50, 20, 70, 60), new(90, 20, 110, 60)];

        ScoredBox[] found = new FasterRcnnDecoder(2).Decode(
            Image, proposals, [float.NaN, 3f, 0f, 3f, float.NegativeInfinity, 3f], new float[24]);

        Assert.Equal([proposals[2], proposals[1]], found.Select(box => box.Box));
        Assert.Equal(1f, found[0].Score);
    }

    [Fact]
    public void Decode_WrongLengths_SayWhatFits()
    {
        var decoder = new FasterRcnnDecoder(3);

        string message = Assert.Throws<ArgumentException>(() => decoder.Decode(Image, [default, default], new float[6], new float[20])).Message;

        Assert.Contains("found 6 logits and 20 deltas", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FasterRcnnDecoder(1));
    }
}
