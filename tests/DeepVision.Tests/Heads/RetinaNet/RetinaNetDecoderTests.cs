using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Tests.Detections;

namespace DeepVision.Tests.Heads;

public sealed class RetinaNetDecoderTests
{
    private static readonly AnchorSpec OneLevel = new() { Levels = [new AnchorLevelSpec { Sizes = [16], AspectRatios = [1] }] };

    [Fact]
    public void Decode_OneCandidate_IsItsClippedAnchor()
    {
        var logits = new float[2 * 12];
        Array.Fill(logits, -20f);
        logits[12 + 7] = 3f;

        ScoredBox[] found = new RetinaNetDecoder(OneLevel, 2).Decode(
            new SpatialSize(20, 60), new SpatialSize(24, 64), [new RetinaNetLevel(logits, new float[48], new SpatialSize(3, 4))]);

        // Place 7 is row 1, column 3; strides 8 and 16; the anchor reaches 8 pixels to each side.
        ScoredBox box = Assert.Single(found);
        Assert.Equal(new Box(40, 0, 56, 16), box.Box);
        Assert.Equal(1, box.ClassIndex);
        Assert.Equal(Logistic.Sigmoid(3f), box.Score);
    }

    [Fact]
    public void Decode_NothingAboveThreshold_IsEmpty()
    {
        var logits = new float[24];
        Array.Fill(logits, -20f);

        Assert.Empty(new RetinaNetDecoder(OneLevel, 2).Decode(
            new SpatialSize(20, 60), new SpatialSize(24, 64), [new RetinaNetLevel(logits, new float[48], new SpatialSize(3, 4))]));
    }

    [Fact]
    public void Decode_OddNumbersEverywhere_StaysInsideTheRules()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.MaxValue, float.MinValue, float.Epsilon, 1f];
        RawCase raw = RawOutputs.Cases[0];
        var random = new Random(4);
        RetinaNetLevel[] levels = RawOutputs.Levels(raw, 0);
        foreach (RetinaNetLevel level in levels)
        {
            Spoil(level.Logits, random, odd);
            Spoil(level.Deltas, random, odd);
        }

        foreach (NmsMethod method in Enum.GetValues<NmsMethod>())
        {
            var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, raw.Classes, new() { Nms = new() { Method = method } });

            ScoredBox[] found = decoder.Decode(raw.Images[0], raw.Padded, levels);

            Assert.Equal(300, found.Length);
            foreach (ScoredBox box in found)
            {
                Assert.InRange(box.Score, 0f, 1f);
                Assert.InRange(box.ClassIndex, 0, raw.Classes - 1);
                Assert.True(float.IsNaN(box.Box.X1) || box.Box.X1 is >= 0f and <= 160f);
                Assert.True(float.IsNaN(box.Box.Y2) || box.Box.Y2 is >= 0f and <= 120f);
            }
        }
    }

    [Fact]
    public void AddCandidates_PickedOutside_GivesTheSameAsRawLogits()
    {
        RawCase raw = RawOutputs.Cases[1];
        RetinaNetLevel[] levels = RawOutputs.Levels(raw, 1);
        var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, raw.Classes);
        ScoredBox[] expected = decoder.Decode(raw.Images[1], raw.Padded, levels);
        var candidates = new CandidateList();

        using RetinaNetDecoding decoding = decoder.Begin(raw.Images[1], raw.Padded);
        foreach (RetinaNetLevel level in levels)
        {
            var layout = new LevelLayout { AnchorsPerLocation = 9, Classes = raw.Classes, Map = level.Map };
            decoder.Selector.Select(level.Logits.Span, layout, candidates);
            decoding.AddCandidates(candidates, level.Deltas.Span, level.Map);
        }

        Assert.Equal(expected, decoding.Finish());
    }

    [Fact]
    public void Decode_ManyThreads_GivesTheSame()
    {
        RawCase raw = RawOutputs.Cases[1];
        RetinaNetLevel[][] levels = [RawOutputs.Levels(raw, 0), RawOutputs.Levels(raw, 1)];
        var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, raw.Classes);
        ScoredBox[][] expected = [.. levels.Select((l, i) => decoder.Decode(raw.Images[i], raw.Padded, l))];

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(expected[i % 2], decoder.Decode(raw.Images[i % 2], raw.Padded, levels[i % 2])));
    }

    [Fact]
    public void Decode_Warm_AllocatesLittleMoreThanItsResult()
    {
        RawCase raw = RawOutputs.Cases[2];
        RetinaNetLevel[] levels = RawOutputs.Levels(raw, 0);
        var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, raw.Classes);

        Assert.InRange(Allocations.Warm(() => decoder.Decode(raw.Images[0], raw.Padded, levels)), 0, 64 * 1024);
    }

    [Fact]
    public void Decode_WrongShapes_Throw()
    {
        var decoder = new RetinaNetDecoder(OneLevel, 2);
        var map = new SpatialSize(3, 4);
        var image = new SpatialSize(20, 60);
        var padded = new SpatialSize(24, 64);
        var good = new RetinaNetLevel(new float[24], new float[48], map);

        Assert.Throws<ArgumentException>(() => decoder.Decode(image, padded, []));
        Assert.Throws<ArgumentException>(() => decoder.Decode(image, padded, [good, good]));
        Assert.Throws<ArgumentException>(() => decoder.Decode(image, padded, [good with { Logits = new float[23] }]));
        Assert.Throws<ArgumentException>(() => decoder.Decode(image, padded, [good with { Deltas = new float[47] }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(image, padded, [default]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(padded, image, [good]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode(default, padded, [good]));
    }

    [Fact]
    public void Decoding_OutOfOrder_Throws()
    {
        var decoder = new RetinaNetDecoder(OneLevel, 2);
        RetinaNetDecoding decoding = decoder.Begin(new SpatialSize(20, 60), new SpatialSize(24, 64));
        var strange = new CandidateList();
        strange.Add(new Candidate(0.5f, 24));

        Assert.Throws<InvalidOperationException>(decoding.Finish);
        Assert.Throws<ArgumentException>(() => decoding.AddCandidates(strange, new float[48], new SpatialSize(3, 4)));
        decoding.AddLevel(new float[24], new float[48], new SpatialSize(3, 4));
        Assert.Throws<InvalidOperationException>(() => decoding.AddLevel(new float[24], new float[48], new SpatialSize(3, 4)));
        decoding.Dispose();
        decoding.Dispose();
        Assert.Throws<ObjectDisposedException>(decoding.Finish);
        Assert.Throws<ObjectDisposedException>(() => decoding.AddLevel(new float[24], new float[48], new SpatialSize(3, 4)));
    }

    [Fact]
    public void Options_Impossible_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetinaNetDecoderOptions { ScoreThreshold = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetinaNetDecoderOptions { TopKPerLevel = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetinaNetDecoderOptions { MaxDetections = 0 });
        Assert.Throws<ArgumentNullException>(() => new RetinaNetDecoderOptions { Nms = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetinaNetDecoder(OneLevel, 0));
        Assert.Throws<ArgumentNullException>(() => new RetinaNetDecoder(null!, 2));
    }

    private static void Spoil(ReadOnlyMemory<float> values, Random random, float[] odd)
    {
        Span<float> writable = System.Runtime.InteropServices.MemoryMarshal.AsMemory(values).Span;
        for (int i = 0; i < writable.Length; i++)
        {
            if (random.Next(4) == 0)
            {
                writable[i] = odd[random.Next(odd.Length)];
            }
        }
    }
}
