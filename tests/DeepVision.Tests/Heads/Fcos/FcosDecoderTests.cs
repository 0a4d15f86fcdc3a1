using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;

namespace DeepVision.Tests.Heads;

public sealed class FcosDecoderTests
{
    private static readonly AnchorSpec OneLevel = new() { Levels = [new AnchorLevelSpec { Sizes = [8], AspectRatios = [1] }] };
    private static readonly SpatialSize Image = new(20, 30);
    private static readonly SpatialSize Padded = new(24, 32);

    [Fact]
    public void Decode_OneCandidate_IsItsClippedBox()
    {
        FcosLevel level = Level(-20f, centerness: 1f);
        level.Logits.Values[12 + 7] = 3f; // class 1, row 1, column 3
        level.Distances.Values[7] = 1.5f;
        level.Distances.Values[12 + 7] = 0.5f;
        level.Distances.Values[24 + 7] = 1f;
        level.Distances.Values[36 + 7] = 2f;

        // The place is at (24, 8); distances are in strides of 8.
        ScoredBox box = Assert.Single(new FcosDecoder(OneLevel, 2).Decode(Image, Padded, [level]));
        Assert.Equal(new Box(12, 4, 30, 20), box.Box);
        Assert.Equal(1, box.ClassIndex);
        Assert.Equal(MathF.Sqrt(Logistic.Sigmoid(3f) * Logistic.Sigmoid(1f)), box.Score);
    }

    [Fact]
    public void Decode_SecondImageOfABatch_IsTheImageAlone()
    {
        var random = new Random(3);
        HostTensor logits = Noise(random, 2, 2);
        HostTensor distances = Noise(random, 2, 4);
        HostTensor centerness = Noise(random, 2, 1);
        var decoder = new FcosDecoder(OneLevel, 2);

        ScoredBox[] found = decoder.Decode(Image, Padded, [new FcosLevel(logits, distances, centerness)], index: 1);

        FcosLevel alone = new(Second(logits), Second(distances), Second(centerness));
        Assert.NotEmpty(found);
        Assert.Equal(decoder.Decode(Image, Padded, [alone]), found);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.05f)]
    [InlineData(0.2f)]
    [InlineData(0.7f)]
    [InlineData(1f)]
    public void Select_AnyThreshold_EqualsComputingEveryScore(float threshold)
    {
        foreach (int places in new[] { 1, 7, 8, 17, 100 })
        {
            const int Classes = 5;
            var random = new Random(places);
            float[] centerness = [.. Enumerable.Range(0, places).Select(_ => MathF.Round((random.NextSingle() * 16) - 8) / 2)];
            float[] logits = [.. Enumerable.Range(0, places * Classes).Select(_ => MathF.Round((random.NextSingle() * 32) - 12) / 2)];
            foreach (int topK in new[] { 1, 10, 1000 })
            {
                Assert.Equal(EveryScore(threshold, topK, logits, centerness), Select(threshold, topK, logits, centerness, Classes));
            }
        }
    }

    [Fact]
    public void Select_ScoresNextToTheThreshold_EqualsComputingEveryScore()
    {
        // Center-ness of 0 gives 0.5, so that a score of 0.2 needs a class probability of 0.08.
        const int Count = 4000;
        int bits = BitConverter.SingleToInt32Bits((float)Math.Log(0.08 / 0.92));
        float[] logits = [.. Enumerable.Range(0, Count).Select(i => BitConverter.Int32BitsToSingle(bits + i - (Count / 2)))];

        List<Candidate> found = Select(0.2f, Count, logits, new float[Count], 1);

        Assert.Equal(EveryScore(0.2f, Count, logits, new float[Count]), found);
        Assert.InRange(found.Count, 1, Count - 1);
    }

    [Fact]
    public void Select_NotANumberAndInfinity_AreLeftOutAndScoreOne()
    {
        float[] logits = [float.NaN, 1, float.PositiveInfinity, float.NegativeInfinity, 0, 0, 0, 0, 1];
        float[] centerness = [1, float.NaN, float.PositiveInfinity, 1, float.NegativeInfinity, -200, 0, 0, 0];

        List<Candidate> found = Select(0.6f, 10, logits, centerness, 1);

        Assert.Equal([new Candidate(1f, 2), new Candidate(MathF.Sqrt(Logistic.Sigmoid(1f) * 0.5f), 8)], found);
    }

    [Fact]
    public void Decode_WrongShapes_SaysWhatWasExpected()
    {
        var decoder = new FcosDecoder(OneLevel, 2);
        FcosLevel good = Level(0f, 0f);

        Assert.Throws<ArgumentException>(() => decoder.Decode(Image, Padded, []));
        Assert.Throws<ArgumentException>(() => decoder.Decode(Image, Padded, [good, good]));
        Assert.Contains(
            "(N, 2, H, W)",
            Assert.Throws<ArgumentException>(() => decoder.Decode(Image, Padded, [good with { Logits = good.Distances }])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => decoder.Decode(Image, Padded, [good with { Distances = good.Logits }]));
        Assert.Throws<ArgumentException>(() => decoder.Decode(Image, Padded, [good with { Centerness = good.Logits }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(Image, Padded, [good], index: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(Padded, Image, [good]));
        Assert.Equal(decoder.Decode(Image, Padded, [good]), decoder.Decode(Image, Padded, [good]));
    }

    [Fact]
    public void Constructors_ImpossibleArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FcosDecoder(OneLevel, 0));
        Assert.Throws<ArgumentException>(() => new FcosDecoder(AnchorSpec.RetinaNet, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FcosDecoderOptions { ScoreThreshold = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FcosDecoderOptions { TopKPerLevel = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FcosDecoderOptions { MaxDetections = 0 });
        Assert.Throws<ArgumentException>(() => new FcosDecoderOptions
        {
            Nms = new NmsOptions { Scope = NmsScope.PerClassLikeTorchvision, Method = NmsMethod.SoftLinear },
        });
    }

    // Two classes on a map of 3 x 4.
    private static FcosLevel Level(float logit, float centerness)
    {
        var level = new FcosLevel(
            new HostTensor(new TensorShape(1, 2, 3, 4)), new HostTensor(new TensorShape(1, 4, 3, 4)), new HostTensor(new TensorShape(1, 1, 3, 4)));
        level.Logits.Values.Fill(logit);
        level.Centerness.Values.Fill(centerness);
        return level;
    }

    private static HostTensor Noise(Random random, int batch, int channels)
    {
        var tensor = new HostTensor(new TensorShape(batch, channels, 3, 4));
        foreach (ref float value in tensor.Values)
        {
            value = random.NextSingle() * 2;
        }

        return tensor;
    }

    private static HostTensor Second(HostTensor tensor) => new(tensor.Shape.With(0, 1), tensor.Values[(tensor.Values.Length / 2)..].ToArray());

    private static List<Candidate> Select(float threshold, int topK, float[] logits, float[] centerness, int classes)
    {
        var list = new CandidateList();
        new FcosSelector(threshold, topK).Select(logits, centerness, classes, list);
        return [.. Enumerable.Range(0, list.Count).Select(i => list[i])];
    }

    private static IEnumerable<Candidate> EveryScore(float threshold, int topK, float[] logits, float[] centerness)
    {
        int places = centerness.Length;
        return logits
            .Select((logit, i) => new Candidate(
                MathF.Sqrt(Logistic.Sigmoid(logit) * Logistic.Sigmoid(centerness[i % places])), (i % places * (logits.Length / places)) + (i / places)))
            .Where(candidate => candidate.Score > threshold)
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Index)
            .Take(topK);
    }
}
