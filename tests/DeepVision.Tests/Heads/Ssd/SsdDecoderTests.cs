using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;
using DeepVision.Tests.Detections;

namespace DeepVision.Tests.Heads;

public sealed class SsdDecoderTests
{
    // Two boxes at a place of a map of 3 x 4: squares of 0.25 and of 0.5 of the image's sides.
    private const int Anchors = 2;
    private const int Places = 12;
    private static readonly DefaultBoxSpec OneLevel = new()
    {
        Levels = [new DefaultBoxLevelSpec { Scale = 0.25, NextScale = 1, AspectRatios = [] }],
    };

    private static readonly SpatialSize Size = new(48, 64);

    [Fact]
    public void Decode_OneCandidate_IsItsDefaultBoxClipped()
    {
        SsdLevel level = Level(3);
        level.Logits.Values[..Places].Fill(9f); // background everywhere
        level.Logits.Values.Slice(3 * Places, Places).Fill(9f);
        level.Logits.Values[(5 * Places) + 7] = 9f; // box 1, class 2, row 1, column 3

        ScoredBox[] found = new SsdDecoder(OneLevel, 3).Decode(Size, Size, [level]);

        // The place's middle is at (56, 24), and the larger square is half the image: 32 x 24.
        ScoredBox box = Assert.Single(found);
        Assert.Equal(new Box(40, 12, 64, 36), box.Box);
        Assert.Equal(2, box.ClassIndex);
        Assert.Equal(1 / (2 + Math.Exp(-9)), box.Score, 1e-7);
    }

    [Fact]
    public void Decode_OnlyBackground_IsEmpty()
    {
        SsdLevel level = Level(3);
        level.Logits.Values[..Places].Fill(20f);
        level.Logits.Values.Slice(3 * Places, Places).Fill(20f);

        Assert.Empty(new SsdDecoder(OneLevel, 3).Decode(Size, Size, [level]));
    }

    [Theory]
    [InlineData(0f, 7)]
    [InlineData(0.001f, 300)]
    [InlineData(0.01f, 400)]
    [InlineData(0.3f, 5)]
    [InlineData(1f, 5)]
    public void Decode_AnyThreshold_EqualsComputingEverySoftmax(float threshold, int topK)
    {
        foreach (int classes in new[] { 2, 3, 20 })
        {
            var random = new Random(classes);
            SsdLevel level = Level(classes);
            Fill(level.Logits, () => MathF.Round((random.NextSingle() * 20) - 10) / 2);
            Fill(level.Deltas, () => (random.NextSingle() * 8) - 4);
            var options = new SsdDecoderOptions { ScoreThreshold = threshold, TopKPerClass = topK, MaxDetections = 1000 };

            ScoredBox[] found = new SsdDecoder(OneLevel, classes, options).Decode(Size, Size, [level]);

            Assert.Equal(EverySoftmax(options, level, classes), found);
            Assert.Equal(threshold < 1f, found.Length > 0);
        }
    }

    [Fact]
    public void Decode_SecondImageOfABatch_IsTheImageAlone()
    {
        var random = new Random(3);
        HostTensor logits = Noise(random, 4 * Anchors);
        HostTensor deltas = Noise(random, 4 * Anchors);
        var decoder = new SsdDecoder(OneLevel, 4);

        ScoredBox[] found = decoder.Decode(Size, Size, [new SsdLevel(logits, deltas)], index: 1);

        Assert.NotEmpty(found);
        Assert.Equal(decoder.Decode(Size, Size, [new SsdLevel(Second(logits), Second(deltas))]), found);
    }

    [Fact]
    public void Decode_NotANumberAndInfinity_GiveNothingThere()
    {
        SsdLevel level = Level(3);
        level.Logits.Values.Fill(float.NegativeInfinity); // no softmax at all
        Span<float> first = level.Logits.Values;
        (first[0], first[Places], first[2 * Places]) = (float.NaN, 9f, 0f); // NaN for background
        (first[1], first[Places + 1], first[(2 * Places) + 1]) = (0f, float.NaN, 9f); // and for an object
        (first[2], first[Places + 2], first[(2 * Places) + 2]) = (0f, float.PositiveInfinity, 0f); // infinity minus infinity
        (first[3], first[Places + 3], first[(2 * Places) + 3]) = (0f, float.NegativeInfinity, 9f); // a usual one

        foreach (float threshold in new[] { 0f, 0.01f })
        {
            var decoder = new SsdDecoder(OneLevel, 3, new SsdDecoderOptions { ScoreThreshold = threshold });

            Assert.Equal(2, Assert.Single(decoder.Decode(Size, Size, [level])).ClassIndex);
        }
    }

    [Fact]
    public void Decode_Warm_AllocatesLittleMoreThanItsResult()
    {
        var random = new Random(3);
        SsdLevel level = new(Second(Noise(random, 20 * Anchors)), Second(Noise(random, 4 * Anchors)));
        var decoder = new SsdDecoder(OneLevel, 20);

        Assert.InRange(Allocations.Warm(() => decoder.Decode(Size, Size, [level])), 0, 16 * 1024);
    }

    [Fact]
    public void Decode_WrongShapes_SaysWhatWasExpected()
    {
        var decoder = new SsdDecoder(OneLevel, 3);
        SsdLevel good = Level(3);

        Assert.Throws<ArgumentException>(() => decoder.Decode(Size, Size, []));
        Assert.Throws<ArgumentException>(() => decoder.Decode(Size, Size, [good, good]));
        Assert.Contains(
            "(N, 6, H, W)",
            Assert.Throws<ArgumentException>(() => decoder.Decode(Size, Size, [good with { Logits = good.Deltas }])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => decoder.Decode(Size, Size, [good with { Deltas = good.Logits }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(Size, Size, [good], index: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(new SpatialSize(49, 64), Size, [good]));
        Assert.NotEmpty(decoder.Decode(Size, Size, [good]));
    }

    [Fact]
    public void Constructors_ImpossibleArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdDecoder(OneLevel, 1));
        Assert.Throws<ArgumentNullException>(() => new SsdDecoder(null!, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdDecoderOptions { ScoreThreshold = 1.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdDecoderOptions { TopKPerClass = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdDecoderOptions { MaxDetections = 0 });
        Assert.Throws<ArgumentNullException>(() => new SsdDecoderOptions { BoxCoder = null! });
    }

    // The plain way: every softmax, class by class, the best of each, suppression.
    private static ScoredBox[] EverySoftmax(SsdDecoderOptions options, SsdLevel level, int classes)
    {
        var boxes = new List<Box>();
        var scores = new List<float>();
        var labels = new List<int>();
        var grid = new DefaultBoxGrid(OneLevel.Levels[0].Sizes(clips: true), null, new SpatialSize(3, 4), Size);
        float[] logits = level.Logits.Values.ToArray();
        float[] deltas = level.Deltas.Values.ToArray();
        for (int k = 1; k < classes; k++)
        {
            var best = Enumerable.Range(0, Places * Anchors)
                .Select(index => (Index: index, Score: Softmax(index / Anchors, index % Anchors)))
                .Where(candidate => candidate.Score > options.ScoreThreshold)
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.Index)
                .Take(options.TopKPerClass);
            foreach ((int index, float score) in best)
            {
                (int place, int a) = Math.DivRem(index, Anchors);
                var delta = new BoxDelta(Delta(0), Delta(1), Delta(2), Delta(3));
                boxes.Add(options.BoxCoder.Decode(grid.At(place / 4, place % 4, a), delta).Clip(Size.Width, Size.Height));
                scores.Add(score);
                labels.Add(k);

                float Delta(int which) => deltas[(((a * 4) + which) * Places) + place];
            }

            float Softmax(int place, int a)
            {
                float[] row = [.. Enumerable.Range(0, classes).Select(c => logits[(((a * classes) + c) * Places) + place])];
                float[] terms = [.. row.Select(logit => Logistic.Exp(logit - row.Max()))];
                return terms[k] / (float)terms.Sum(term => (double)term);
            }
        }

        return
        [
            .. NonMaximumSuppression.Run(boxes.ToArray(), scores.ToArray(), labels.ToArray(), options.Nms, options.MaxDetections)
                .Select(kept => new ScoredBox(boxes[kept.Index], labels[kept.Index], kept.Score)),
        ];
    }

    private static SsdLevel Level(int classes) =>
        new(new HostTensor(new TensorShape(1, classes * Anchors, 3, 4)), new HostTensor(new TensorShape(1, 4 * Anchors, 3, 4)));

    private static HostTensor Noise(Random random, int channels)
    {
        var tensor = new HostTensor(new TensorShape(2, channels, 3, 4));
        Fill(tensor, () => random.NextSingle() * 4);
        return tensor;
    }

    private static void Fill(HostTensor tensor, Func<float> next)
    {
        foreach (ref float value in tensor.Values)
        {
            value = next();
        }
    }

    private static HostTensor Second(HostTensor tensor) => new(tensor.Shape.With(0, 1), tensor.Values[(tensor.Values.Length / 2)..].ToArray());
}
