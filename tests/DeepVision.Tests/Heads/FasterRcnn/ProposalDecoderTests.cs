using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class ProposalDecoderTests
{
    private static readonly AnchorSpec OneLevel = new() { Levels = [new AnchorLevelSpec { Sizes = [16], AspectRatios = [1] }] };

    private static readonly AnchorSpec TwoLevels = new()
    {
        Levels = [.. new float[] { 16, 32 }.Select(size => new AnchorLevelSpec { Sizes = [size], AspectRatios = [0.5f, 1, 2] })],
    };

    [Fact]
    public void Decode_ZeroDeltas_AreTheBestAnchorsClipped()
    {
        var objectness = new float[12];
        objectness[7] = 3f;
        objectness[0] = 2f;

        Box[] found = new ProposalDecoder(OneLevel, new() { TopKPerLevel = 2 }).Decode(
            new SpatialSize(20, 60), new SpatialSize(24, 64), [new ProposalLevel(objectness, new float[48], new SpatialSize(3, 4))]);

        // Place 7 is row 1, column 3; strides 8 and 16; the anchor reaches 8 pixels to each side.
        Assert.Equal([new Box(40, 0, 56, 16), new Box(0, 0, 8, 8)], found);
    }

    [Fact]
    public void Decode_EqualLogits_TakesThemByPlace()
    {
        Box[] found = new ProposalDecoder(OneLevel, new() { TopKPerLevel = 3 }).Decode(
            new SpatialSize(240, 640), new SpatialSize(240, 640), [new ProposalLevel(new float[12], new float[48], new SpatialSize(3, 4))]);

        Assert.Equal([new Box(0, 0, 8, 8), new Box(152, 0, 168, 8), new Box(312, 0, 328, 8)], found);
    }

    [Theory]
    [InlineData(1000, 1000, 0f, 0.7)]
    [InlineData(17, 1000, 0f, 0.7)]
    [InlineData(40, 9, 0f, 0.3)]
    [InlineData(1000, 30, 0.6f, 0.5)]
    public void Decode_AnyNumbers_AreThoseOfTheDefinition(int top, int most, float threshold, double iou)
    {
        var options = new ProposalOptions
        {
            TopKPerLevel = top,
            MaxProposals = most,
            ScoreThreshold = threshold,
            Nms = new NmsOptions { IouThreshold = iou },
        };
        var image = new SpatialSize(90, 120);
        var padded = new SpatialSize(96, 128);
        ProposalLevel[] levels = [Level(12, 16, seed: 1), Level(6, 8, seed: 2)];

        Box[] found = new ProposalDecoder(TwoLevels, options).Decode(image, padded, levels);

        Assert.Equal(ByDefinition(levels, image, padded, options), found);
        Assert.NotEmpty(found);
    }

    [Fact]
    public void Decode_OddNumbersEverywhere_GivesFiniteBoxesInTheImage()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.MaxValue, float.MinValue, float.Epsilon, 1f];
        var random = new Random(3);
        ProposalLevel level = Level(12, 16, seed: 5);
        float[] objectness = [.. level.Objectness.ToArray().Select(value => random.Next(3) == 0 ? odd[random.Next(odd.Length)] : value)];
        float[] deltas = [.. level.Deltas.ToArray().Select(value => random.Next(6) == 0 ? odd[random.Next(odd.Length)] : value)];

        Box[] found = new ProposalDecoder(TwoLevels).Decode(
            new SpatialSize(90, 120), new SpatialSize(96, 128), [new ProposalLevel(objectness, deltas, level.Map), Level(6, 8, seed: 2)]);

        Assert.NotEmpty(found);
        Assert.All(found, box => Assert.True(
            box.X1 >= 0 && box.Y1 >= 0 && box.X2 <= 120 && box.Y2 <= 90 && box.Width >= 1e-3f && box.Height >= 1e-3f, box.ToString()));
    }

    [Fact]
    public void Decode_WrongLengths_SayWhatFits()
    {
        var decoder = new ProposalDecoder(OneLevel);
        var size = new SpatialSize(24, 64);
        var map = new SpatialSize(3, 4);

        Assert.Throws<ArgumentException>(() => decoder.Decode(size, size, []));
        Assert.Contains("12 logits; found 11", Message(new ProposalLevel(new float[11], new float[48], map)), StringComparison.Ordinal);
        Assert.Contains("48 box deltas, 4 each; found 12", Message(new ProposalLevel(new float[12], new float[12], map)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => decoder.Decode(new SpatialSize(25, 64), size, [new ProposalLevel(new float[12], new float[48], map)]));

        string Message(ProposalLevel level) => Assert.Throws<ArgumentException>(() => decoder.Decode(size, size, [level])).Message;
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProposalOptions { TopKPerLevel = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProposalOptions { MaxProposals = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProposalOptions { ScoreThreshold = 1.5f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProposalOptions { MinSide = float.NaN });
    }

    private static ProposalLevel Level(int height, int width, int seed)
    {
        var random = new Random(seed);
        float[] objectness = [.. Enumerable.Range(0, 3 * height * width).Select(_ => (random.NextSingle() * 6) - 3)];
        float[] deltas = [.. Enumerable.Range(0, 12 * height * width).Select(_ => random.NextSingle() - 0.5f)];
        return new ProposalLevel(objectness, deltas, new SpatialSize(height, width));
    }

    // Every anchor in (H, W, A) order, sorted, cut, decoded, thinned out level by level, one after the other.
    private static Box[] ByDefinition(ProposalLevel[] levels, SpatialSize image, SpatialSize padded, ProposalOptions options)
    {
        var all = new List<(Box Box, float Score)>();
        for (int i = 0; i < levels.Length; i++)
        {
            ProposalLevel level = levels[i];
            var anchors = new AnchorGrid(TwoLevels.Levels[i], level.Map, padded);
            int places = (int)level.Map.Area;
            IEnumerable<(Box Box, float Score)> best = Enumerable.Range(0, anchors.Count)
                .OrderByDescending(index => level.Objectness.Span[(index % 3 * places) + (index / 3)])
                .Take(options.TopKPerLevel)
                .Select(index =>
                {
                    float[] delta = [.. Enumerable.Range(0, 4).Select(k => level.Deltas.Span[(((index % 3 * 4) + k) * places) + (index / 3)])];
                    Box box = BoxCoder.Unweighted.Decode(anchors[index], new BoxDelta(delta[0], delta[1], delta[2], delta[3]));
                    return (box.Clip(image.Width, image.Height), Logistic.Sigmoid(level.Objectness.Span[(index % 3 * places) + (index / 3)]));
                });
            var kept = new List<(Box Box, float Score)>();
            foreach ((Box box, float score) in best)
            {
                if (box.Width >= 1e-3f && box.Height >= 1e-3f && score >= options.ScoreThreshold
                    && kept.All(other => other.Box.IoU(box) <= options.Nms.IouThreshold))
                {
                    kept.Add((box, score));
                }
            }

            all.AddRange(kept);
        }

        return [.. all.OrderByDescending(entry => entry.Score).Take(options.MaxProposals).Select(entry => entry.Box)];
    }
}
