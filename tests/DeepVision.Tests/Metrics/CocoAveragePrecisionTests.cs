using System.Globalization;
using DeepVision.Metrics;
using DeepVision.Tensors;
using DeepVision.Tests.Preprocessing;

namespace DeepVision.Tests.Metrics;

public sealed class CocoAveragePrecisionTests
{
    /// <summary>
    /// Means of some hundred doubles in another order than the reference's; and a precision of 1 is 1 / (1 + 2^-52), as in
    /// pycocotools.
    /// </summary>
    private const double Tolerance = 1e-12;

    [Fact]
    public void Evaluate_RandomBoxes_EqualsIndependentComputation()
    {
        var objects = new List<(int Image, GroundTruthBox Box)>();
        var found = new List<(int Image, PredictedBox Box)>();
        double[] expected = [];
        foreach (string line in GoldenFile.Lines("Metrics/Golden/coco.txt"))
        {
            string[] words = line.Split(' ');
            double[] n = [.. words.Skip(1).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
            if (words[0] == "ap")
            {
                expected = n;
                continue;
            }

            var box = new Box((float)n[2], (float)n[3], (float)n[4], (float)n[5]);
            if (words[0] == "gt")
            {
                objects.Add(((int)n[0], new(box, (int)n[1]) { IsCrowd = n[6] != 0, Ignore = n[7] != 0, Area = (float)n[8] }));
            }
            else
            {
                found.Add(((int)n[0], new(box, (int)n[1], (float)n[6])));
            }
        }

        CocoSummary s = CocoAveragePrecision.Evaluate(Enumerable.Range(0, 40).Reverse().Select(i => new DetectionSample(
            i, [.. objects.Where(o => o.Image == i).Select(o => o.Box)], [.. found.Where(f => f.Image == i).Select(f => f.Box)])));

        double[] actual =
        [
            s.AveragePrecision, s.AveragePrecision50, s.AveragePrecision75, s.AveragePrecisionSmall, s.AveragePrecisionMedium,
            s.AveragePrecisionLarge, s.AverageRecall1, s.AverageRecall10, s.AverageRecall100, s.AverageRecallSmall,
            s.AverageRecallMedium, s.AverageRecallLarge,
        ];
        Assert.Equal(12, expected.Length);
        for (int i = 0; i < 12; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"Figure {i}: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }

    [Fact]
    public void Evaluate_AllFound_GivesOnes()
    {
        // One small (10 x 10), one medium (50 x 50), one large (100 x 100) object, each found exactly.
        Box[] boxes = [new(0, 0, 10, 10), new(20, 0, 70, 50), new(0, 100, 100, 200)];

        CocoSummary s = Evaluate([.. boxes.Select((b, i) => Object(b, i))], [.. boxes.Select((b, i) => Found(b, 0.9f, i))]);

        double[] all =
        [
            s.AveragePrecision, s.AveragePrecision50, s.AveragePrecision75, s.AveragePrecisionSmall, s.AveragePrecisionMedium,
            s.AveragePrecisionLarge, s.AverageRecall1, s.AverageRecall10, s.AverageRecall100, s.AverageRecallSmall,
            s.AverageRecallMedium, s.AverageRecallLarge, .. s.Classes.Select(c => c.AveragePrecision),
        ];
        Assert.Equal(15, all.Length);
        Assert.All(all, v => Assert.Equal(1.0, v, Tolerance));
    }

    [Fact]
    public void Evaluate_NothingRight_GivesZeros()
    {
        CocoSummary s = Evaluate([Object(new(0, 0, 10, 10))], [Found(new(50, 50, 60, 60), 0.9f)]);

        Assert.Equal((0, 0, 0), (s.AveragePrecision, s.AveragePrecision50, s.AverageRecall100));
        Assert.Equal((0, -1, -1), (s.AveragePrecisionSmall, s.AveragePrecisionMedium, s.AveragePrecisionLarge));
    }

    [Fact]
    public void Evaluate_Nothing_GivesMinusOne()
    {
        CocoSummary s = Evaluate([], []);

        Assert.Equal((-1, -1, -1), (s.AveragePrecision, s.AverageRecall1, s.AverageRecallLarge));
        Assert.Empty(s.Classes);
    }

    [Fact]
    public void Evaluate_NoDetections_GivesZeroRecall()
    {
        CocoSummary s = Evaluate([Object(new(0, 0, 10, 10))], []);

        Assert.Equal((0, 0), (s.AveragePrecision, s.AverageRecall100));
    }

    [Fact]
    public void Evaluate_Duplicate_CountsAsFalse()
    {
        // By score: hit (recall 1/2, precision 1), duplicate (1/2, 1/2), hit (1, 2/3). The best precision from a recall
        // on: 1 at the 51 grid points 0..0.50, 2/3 at the 50 points 0.51..1.
        Box a = new(0, 0, 10, 10);
        Box b = new(20, 0, 30, 10);

        CocoSummary s = Evaluate([Object(a), Object(b)], [Found(a, 0.9f), Found(a, 0.8f), Found(b, 0.7f)]);

        Assert.Equal((51 + (50 * 2.0 / 3)) / 101, s.AveragePrecision, Tolerance);
        Assert.Equal(0.5, s.AverageRecall1, Tolerance);
        Assert.Equal(1.0, s.AverageRecall10, Tolerance);
    }

    [Fact]
    public void Evaluate_OverlapOfThreeQuarters_HitsAtSixThresholds()
    {
        // 10 x 7.5 inside 10 x 10: IoU 0.75 reaches 0.50, 0.55, 0.60, 0.65, 0.70, 0.75 of the ten.
        CocoSummary s = Evaluate([Object(new(0, 0, 10, 10))], [Found(new(0, 0, 10, 7.5f), 0.9f)]);

        Assert.Equal(0.6, s.AveragePrecision, Tolerance);
        Assert.Equal(1.0, s.AveragePrecision75, Tolerance);
        Assert.Equal(0.6, s.AverageRecall100, Tolerance);
    }

    [Fact]
    public void Evaluate_TwoCandidates_TakesTheLargerOverlap()
    {
        // The first detection covers both objects but b better; were a taken, the second detection would hit nothing:
        // it equals a. Both hit at 0.50: IoU of the first with b is 80/120 = 0.667, with a 20/180.
        Box a = new(0, 0, 10, 10);
        Box b = new(10, 0, 20, 10);

        CocoSummary s = Evaluate([Object(a), Object(b)], [Found(new(8, 0, 18, 10), 0.9f), Found(a, 0.8f)]);

        Assert.Equal(1.0, s.AveragePrecision50, Tolerance);
    }

    [Fact]
    public void Evaluate_Crowd_AbsorbsDetectionsByTheirOwnArea()
    {
        // Three detections wholly inside the crowd are left out at each threshold, though their IoU with it is 0.01. One
        // lies half inside: 0.5 of its own area, left out at 0.50 only; at the nine others it is false and ranks before the
        // hit, so precision is 1/2. Mean: (1 + 9 * 0.5) / 10.
        GroundTruthBox crowd = Object(new(100, 0, 200, 100)) with { IsCrowd = true };
        Box real = new(0, 0, 10, 10);

        CocoSummary s = Evaluate(
            [crowd, Object(real)],
            [
                Found(new(110, 10, 120, 20), 0.99f), Found(new(110, 10, 120, 20), 0.98f), Found(new(130, 10, 140, 20), 0.97f),
                Found(new(95, 50, 105, 60), 0.96f), Found(real, 0.9f),
            ]);

        Assert.Equal(0.55, s.AveragePrecision, Tolerance);
        Assert.Equal(1.0, s.AveragePrecision50, Tolerance);
        Assert.Equal(1, s.Classes[0].GroundTruthCount);
    }

    [Fact]
    public void Evaluate_Ignored_AbsorbsOneDetection()
    {
        // By score: left out, false (the ignored object is taken), hit: precision 1/2 at every recall.
        Box difficult = new(0, 0, 10, 10);
        Box real = new(20, 0, 30, 10);

        CocoSummary s = Evaluate(
            [Object(difficult) with { Ignore = true }, Object(real)], [Found(difficult, 0.9f), Found(difficult, 0.8f), Found(real, 0.7f)]);

        Assert.Equal(0.5, s.AveragePrecision, Tolerance);
        Assert.Equal(1, s.Classes[0].GroundTruthCount);
    }

    [Fact]
    public void Evaluate_IgnoredOverlapsMore_CountedObjectIsTakenFirst()
    {
        // The detection equals the ignored object, yet reaches 0.5 with the counted one (50/100), so it is a hit there;
        // at the other nine thresholds it is left out and the object is missed.
        Box found = new(0, 0, 10, 5);

        CocoSummary s = Evaluate([Object(found) with { Ignore = true }, Object(new(0, 0, 10, 10))], [Found(found, 0.9f)]);

        Assert.Equal(1.0, s.AveragePrecision50, Tolerance);
        Assert.Equal(0.1, s.AveragePrecision, Tolerance);
    }

    [Fact]
    public void Evaluate_EqualScores_KeepTheirOrder()
    {
        Box real = new(0, 0, 10, 10);
        Box wrong = new(50, 50, 60, 60);

        // False then hit: precision 1/2. Hit then false: precision 1 at full recall.
        Assert.Equal(0.5, Evaluate([Object(real)], [Found(wrong, 0.5f), Found(real, 0.5f)]).AveragePrecision, Tolerance);
        Assert.Equal(1.0, Evaluate([Object(real)], [Found(real, 0.5f), Found(wrong, 0.5f)]).AveragePrecision, Tolerance);
    }

    [Fact]
    public void Evaluate_EqualScoresInTwoImages_CountByAscendingImage()
    {
        Box real = new(0, 0, 10, 10);
        DetectionSample hit = new(7, [Object(real)], [Found(real, 0.5f)]);
        DetectionSample wrong = new(3, [], [Found(real, 0.5f)]);

        Assert.Equal(0.5, CocoAveragePrecision.Evaluate([hit, wrong]).AveragePrecision, Tolerance);
        Assert.Equal(1.0, CocoAveragePrecision.Evaluate([wrong with { ImageId = 9 }, hit]).AveragePrecision, Tolerance);
    }

    [Fact]
    public void Evaluate_SmallFoundLargeMissed_SeparatesSizes()
    {
        // All sizes: the large false detection ranks first, so precision is 1/2 at the 51 recalls 0..0.50 and 0 beyond.
        // For small objects the false one is out of range and left out.
        Box small = new(0, 0, 10, 10);
        Box large = new(100, 100, 200, 200);

        CocoSummary s = Evaluate([Object(small), Object(large)], [Found(small, 0.8f), Found(new(300, 300, 400, 400), 0.9f)]);

        Assert.Equal(51 * 0.5 / 101, s.AveragePrecision, Tolerance);
        Assert.Equal(1.0, s.AveragePrecisionSmall, Tolerance);
        Assert.Equal(-1.0, s.AveragePrecisionMedium);
        Assert.Equal(0.0, s.AveragePrecisionLarge, Tolerance);
        Assert.Equal((1.0, -1.0, 0.0), (s.AverageRecallSmall, s.AverageRecallMedium, s.AverageRecallLarge));
    }

    [Fact]
    public void Evaluate_AreaGiven_DecidesTheSize()
    {
        // 10 x 10 with the area of a medium object; 32 x 32 lies on the border and is in both ranges.
        Box box = new(0, 0, 10, 10);
        Box border = new(50, 0, 82, 32);

        CocoSummary medium = Evaluate([Object(box) with { Area = 2000 }], [Found(box, 0.9f)]);
        CocoSummary both = Evaluate([Object(border)], [Found(border, 0.9f)]);

        Assert.Equal(-1.0, medium.AveragePrecisionSmall);
        Assert.Equal(1.0, medium.AveragePrecisionMedium, Tolerance);
        Assert.Equal(1.0, both.AveragePrecisionSmall, Tolerance);
        Assert.Equal(1.0, both.AveragePrecisionMedium, Tolerance);
        Assert.Equal(-1.0, both.AveragePrecisionLarge);
    }

    [Theory]
    [InlineData(99, 0.01)] // 99 false ones, then the hit: precision 1/100 at every recall
    [InlineData(100, 0.0)] // the hit is the 101st and is not considered
    public void Evaluate_ManyDetections_ConsidersTheBestHundred(int wrong, double expected)
    {
        Box real = new(0, 0, 10, 10);
        PredictedBox[] found = [Found(real, 0.1f), .. Enumerable.Repeat(Found(new(50, 50, 60, 60), 0.5f), wrong)];

        CocoSummary s = Evaluate([Object(real)], found);

        Assert.Equal(expected, s.AveragePrecision, Tolerance);
        Assert.Equal(0.0, s.AverageRecall10);
        Assert.Equal(wrong < 100 ? 1.0 : 0.0, s.AverageRecall100);
    }

    [Fact]
    public void Evaluate_ClassWithoutObjects_IsLeftOutOfTheMean()
    {
        Box real = new(0, 0, 10, 10);

        CocoSummary s = Evaluate([Object(real, 2)], [Found(real, 0.9f, 2), Found(real, 0.9f, 5)]);

        Assert.Equal(1.0, s.AveragePrecision, Tolerance);
        Assert.Equal([(2, 1), (5, 0)], s.Classes.Select(c => (c.ClassIndex, c.GroundTruthCount)));
        Assert.Equal(1.0, s.Classes[0].AveragePrecision, Tolerance);
        Assert.Equal(-1.0, s.Classes[1].AveragePrecision);
    }

    [Fact]
    public void Add_BadInput_Throws()
    {
        var metric = new CocoAveragePrecision();
        Box good = new(0, 0, 1, 1);
        metric.Add(new(1, [], []));

        Assert.Throws<ArgumentNullException>(() => metric.Add(null!));
        Assert.Throws<ArgumentNullException>(() => metric.Add(new(2, null!, [])));
        Assert.Throws<ArgumentNullException>(() => metric.Add(new(2, [], [null!])));
        Assert.Throws<ArgumentException>(() => metric.Add(new(1, [], [])));
        Assert.Throws<ArgumentException>(() => metric.Add(new(2, [Object(new(0, 0, float.NaN, 1))], [])));
        Assert.Throws<ArgumentException>(() => metric.Add(new(2, [Object(new(5, 0, 4, 1))], [])));
        Assert.Throws<ArgumentException>(() => metric.Add(new(2, [Object(good, -1)], [])));
        Assert.Throws<ArgumentException>(() => metric.Add(new(2, [Object(good) with { Area = float.NaN }], [])));
        Assert.Throws<ArgumentException>(() => metric.Add(new(2, [], [Found(good, float.NaN)])));
        Assert.Equal(1, metric.ImageCount);
        Assert.Throws<InvalidOperationException>(() => new CocoAveragePrecision().Evaluate());
        Assert.Throws<ArgumentNullException>(() => CocoAveragePrecision.Evaluate(null!));
    }

    private static CocoSummary Evaluate(GroundTruthBox[] objects, PredictedBox[] found) =>
        CocoAveragePrecision.Evaluate([new DetectionSample(1, objects, found)]);

    private static GroundTruthBox Object(Box box, int classIndex = 0) => new(box, classIndex);

    private static PredictedBox Found(Box box, float score, int classIndex = 0) => new(box, classIndex, score);
}
