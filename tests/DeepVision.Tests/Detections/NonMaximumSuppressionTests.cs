using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

public sealed class NonMaximumSuppressionTests
{
    // IoU of neighbors 1/3, of the outer two 0.
    private static readonly Box[] Row = [new(0, 0, 10, 10), new(5, 0, 15, 10), new(10, 0, 20, 10)];

    [Fact]
    public void Run_Chain_DropsOnlyNeighborsOfTheKept() =>
        Assert.Equal([new KeptBox(0, 0.9f), new KeptBox(2, 0.7f)], Run(Row, [0.9f, 0.8f, 0.7f], [1, 1, 1], new() { IouThreshold = 0.3 }));

    [Fact]
    public void Run_MiddleBest_DropsBothNeighbors() =>
        Assert.Equal([new KeptBox(1, 0.95f)], Run(Row, [0.9f, 0.95f, 0.7f], [1, 1, 1], new() { IouThreshold = 0.3 }));

    [Fact]
    public void Run_IouEqualToThreshold_Keeps()
    {
        // IoU 2/4, exact in float32.
        Box[] boxes = [new(0, 0, 3, 1), new(1, 0, 4, 1)];

        Assert.Equal(2, Run(boxes, [0.9f, 0.8f], [0, 0], new() { IouThreshold = 0.5 }).Length);
        Assert.Single(Run(boxes, [0.9f, 0.8f], [0, 0], new() { IouThreshold = 0.4999 }));
    }

    [Fact]
    public void Run_IouJustAboveADoubleThreshold_Drops()
    {
        // IoU is 3/10 in float32, a little above the double 0.3.
        Box[] boxes = [new(0, 0, 10, 1), new(0, 0, 3, 1)];

        Assert.Single(Run(boxes, [0.9f, 0.8f], [0, 0], new() { IouThreshold = 0.3 }));
    }

    [Fact]
    public void Run_OtherClass_IsKeptUnlessAllClassesCompete()
    {
        Box[] boxes = [Row[0], Row[0]];

        Assert.Equal(2, Run(boxes, [0.9f, 0.8f], [1, 2], new()).Length);
        Assert.Single(Run(boxes, [0.9f, 0.8f], [1, 2], new() { Scope = NmsScope.AllClasses }));
        Assert.Single(Run(boxes, [0.9f, 0.8f], [], new() { Scope = NmsScope.AllClasses }));
    }

    [Fact]
    public void Run_EqualScores_LowerIndexWins() =>
        Assert.Equal([new KeptBox(1, 0.9f), new KeptBox(0, 0.5f)],
            Run([Row[2], Row[0], Row[0]], [0.5f, 0.9f, 0.9f], [0, 0, 0], new()));

    [Fact]
    public void Run_MaxKept_GivesTheFirstOfAll()
    {
        (Box[] boxes, float[] scores, int[] classes) = RandomInput(seed: 3, count: 400, classes: 7);
        KeptBox[] all = Run(boxes, scores, classes, new());

        Assert.Equal(all[..25], NonMaximumSuppression.Run(boxes, scores, classes, null, 25));
        Assert.Empty(NonMaximumSuppression.Run(boxes, scores, classes, null, 0));
    }

    [Fact]
    public void Run_NothingGiven_KeepsNothing()
    {
        foreach (NmsMethod method in Enum.GetValues<NmsMethod>())
        {
            Assert.Empty(Run([], [], [], new() { Method = method }));
        }
    }

    [Fact]
    public void Run_BoxesWithoutAreaOrNaN_NeitherDropNorAreDropped()
    {
        Box[] boxes =
        [
            new(5, 5, 5, 5), new(5, 5, 5, 5), Row[0], new(float.NaN, 0, 10, 10), new(float.NaN, 0, 10, 10),
            new(0, 0, float.PositiveInfinity, 10), new(9, 9, 1, 1), new(float.NegativeInfinity, 0, float.PositiveInfinity, 10),
        ];
        float[] scores = [.. Enumerable.Range(0, boxes.Length).Select(i => 0.9f - (i * 0.1f))];
        foreach (NmsMethod method in Enum.GetValues<NmsMethod>())
        {
            KeptBox[] kept = Run(boxes, scores, new int[boxes.Length], new() { Method = method });

            Assert.Equal(Enumerable.Range(0, boxes.Length), kept.Select(k => k.Index));
        }
    }

    [Fact]
    public void Run_ScoreNaN_IsNeverKept()
    {
        foreach (NmsMethod method in Enum.GetValues<NmsMethod>())
        {
            Assert.Equal([1], Run([Row[0], Row[1]], [float.NaN, 0.5f], [0, 0], new() { Method = method }).Select(k => k.Index));
        }
    }

    [Theory]
    [InlineData(NmsScope.PerClass)]
    [InlineData(NmsScope.AllClasses)]
    public void Run_Hard_EqualsTheDefinition(NmsScope scope)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            (Box[] boxes, float[] scores, int[] classes) = RandomInput(seed, 1 + (seed * 7), 1 + (seed % 5));
            var options = new NmsOptions { Scope = scope, IouThreshold = seed % 10 / 10.0 };

            IEnumerable<int> expected = HardByDefinition(boxes, scores, classes, options);

            Assert.Equal(expected, Run(boxes, scores, classes, options).Select(k => k.Index));
        }
    }

    [Theory]
    [InlineData(NmsMethod.SoftLinear, NmsScope.PerClass)]
    [InlineData(NmsMethod.SoftLinear, NmsScope.AllClasses)]
    [InlineData(NmsMethod.SoftGaussian, NmsScope.PerClass)]
    [InlineData(NmsMethod.SoftGaussian, NmsScope.AllClasses)]
    public void Run_Soft_EqualsTheDefinition(NmsMethod method, NmsScope scope)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            (Box[] boxes, float[] scores, int[] classes) = RandomInput(seed, 1 + (seed * 5), 1 + (seed % 3));
            var options = new NmsOptions { Method = method, Scope = scope, IouThreshold = 0.3, MinScore = 0.05f };

            Assert.Equal(SoftByDefinition(boxes, scores, classes, options), Run(boxes, scores, classes, options));
        }
    }

    [Fact]
    public void Run_SoftLinear_ByHand()
    {
        KeptBox[] kept = Run(Row, [0.9f, 0.6f, 0.5f], [0, 0, 0], new() { Method = NmsMethod.SoftLinear, IouThreshold = 0.3 });

        // Box 1 overlaps box 0 by a third: 0.6 * 2/3 = 0.4, then box 2: 0.4 * 2/3.
        Assert.Equal([0, 2, 1], kept.Select(k => k.Index));
        Assert.Equal(0.5f, kept[1].Score);
        Assert.Equal(0.6 * 4 / 9, kept[2].Score, 1e-6);
    }

    [Fact]
    public void Run_SoftGaussian_ByHand()
    {
        KeptBox[] kept = Run(Row[..2], [0.9f, 0.6f], [0, 0], new() { Method = NmsMethod.SoftGaussian, Sigma = 0.25f });

        Assert.Equal(0.6 * Math.Exp(-1.0 / 9 / 0.25), kept[1].Score, 1e-6);
    }

    [Fact]
    public void Run_SoftScoreBelowMinimum_IsDropped() => Assert.Equal(
        [0],
        Run([Row[0], Row[0], Row[2]], [0.9f, 0.8f, 0.01f], [0, 0, 0], new() { Method = NmsMethod.SoftLinear, MinScore = 0.02f }).Select(k => k.Index));

    [Fact]
    public void Run_KeptBoxes_DoNotOverlapAboveTheThreshold()
    {
        (Box[] boxes, float[] scores, int[] classes) = RandomInput(seed: 11, count: 1500, classes: 3);

        KeptBox[] kept = Run(boxes, scores, classes, new() { IouThreshold = 0.4 });

        for (int i = 0; i < kept.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(kept[j].Score >= kept[i].Score);
                Assert.False(classes[kept[i].Index] == classes[kept[j].Index] && boxes[kept[i].Index].IoU(boxes[kept[j].Index]) > 0.4f);
            }
        }
    }

    [Fact]
    public void Run_AnyIntegersAsClasses_AreToldApart() =>
        Assert.Equal(3, Run([Row[0], Row[0], Row[0], Row[0]], [0.9f, 0.8f, 0.7f, 0.6f], [int.MinValue, -1, int.MaxValue, -1], new()).Length);

    [Fact]
    public void Run_WrongLengthsAndContradictions_Throw()
    {
        Assert.Throws<ArgumentException>(() => Run(Row, [0.5f], [0, 0, 0], new()));
        Assert.Throws<ArgumentException>(() => Run(Row, [0.5f, 0.5f, 0.5f], [0], new()));
        Assert.Throws<ArgumentException>(() => Run(Row, [0.5f, 0.5f, 0.5f], [0], new() { Scope = NmsScope.AllClasses }));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonMaximumSuppression.Run(Row, [0, 0, 0], [0, 0, 0], null, -1));
        Assert.Throws<ArgumentException>(() => Run(
            Row, [0, 0, 0], [0, 0, 0], new() { Scope = NmsScope.PerClassLikeTorchvision, Method = NmsMethod.SoftLinear }));
        Assert.Throws<ArgumentException>(() => Run(Row, [0, 0, 0], [0, 0, 0], new() { Method = (NmsMethod)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NmsOptions { IouThreshold = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NmsOptions { Sigma = 0f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NmsOptions { MinScore = -1f });
    }

    [Fact]
    public void Run_Warm_AllocatesLittleMoreThanItsResult()
    {
        (Box[] boxes, float[] scores, int[] classes) = RandomInput(seed: 12, count: 5000, classes: 80);
        foreach (NmsMethod method in Enum.GetValues<NmsMethod>())
        {
            var options = new NmsOptions { Method = method };
            Assert.InRange(Allocations.Warm(() => NonMaximumSuppression.Run(boxes, scores, classes, options, 300)), 0, 4 * 1024);
        }
    }

    [Fact]
    public void Run_WarmIntoTheCallersMemory_AllocatesNothing()
    {
        (Box[] boxes, float[] scores, int[] classes) = RandomInput(seed: 12, count: 5000, classes: 80);
        var kept = new KeptBox[300];
        foreach (NmsMethod method in Enum.GetValues<NmsMethod>())
        {
            var options = new NmsOptions { Method = method };
            KeptBox[] expected = NonMaximumSuppression.Run(boxes, scores, classes, options, kept.Length);
            int count = 0;

            Assert.Equal(0, Allocations.Warm(() => count = NonMaximumSuppression.Run(boxes, scores, classes, kept, options)));
            Assert.Equal(expected, kept[..count]);
        }
    }

    private static KeptBox[] Run(Box[] boxes, float[] scores, int[] classes, NmsOptions options) =>
        NonMaximumSuppression.Run(boxes, scores, classes, options);

    private static (Box[] Boxes, float[] Scores, int[] Classes) RandomInput(int seed, int count, int classes)
    {
        var random = new Random(seed);
        var boxes = new Box[count];
        var scores = new float[count];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            // Whole coordinates and coarse scores: ties in both are common, and some boxes have no area.
            float x = random.Next(40);
            float y = random.Next(40);
            boxes[i] = new Box(x, y, x + random.Next(30), y + random.Next(30));
            scores[i] = random.Next(1, 50) / 50f;
            labels[i] = random.Next(classes);
        }

        return (boxes, scores, labels);
    }

    private static List<int> HardByDefinition(Box[] boxes, float[] scores, int[] classes, NmsOptions options)
    {
        var kept = new List<int>();
        foreach (int i in Enumerable.Range(0, boxes.Length).OrderByDescending(i => scores[i]).ThenBy(i => i))
        {
            if (!kept.Any(j => Compete(i, j, classes, options) && boxes[i].IoU(boxes[j]) > options.IouThreshold))
            {
                kept.Add(i);
            }
        }

        return kept;
    }

    private static List<KeptBox> SoftByDefinition(Box[] boxes, float[] scores, int[] classes, NmsOptions options)
    {
        var kept = new List<KeptBox>();
        float[] left = [.. scores];
        var open = Enumerable.Range(0, boxes.Length).Where(i => left[i] >= options.MinScore).ToList();
        while (open.Count > 0)
        {
            int best = open.OrderByDescending(i => left[i]).ThenBy(i => i).First();
            kept.Add(new KeptBox(best, left[best]));
            open.Remove(best);
            foreach (int i in open)
            {
                float iou = boxes[best].IoU(boxes[i]);
                if (!Compete(i, best, classes, options))
                {
                    continue;
                }

                if (options.Method == NmsMethod.SoftGaussian && iou > 0f)
                {
                    left[i] *= Logistic.Exp(-(iou * iou) / options.Sigma);
                }
                else if (options.Method == NmsMethod.SoftLinear && iou > options.IouThreshold)
                {
                    left[i] *= 1f - iou;
                }
            }

            open.RemoveAll(i => left[i] < options.MinScore);
        }

        return kept;
    }

    private static bool Compete(int i, int j, int[] classes, NmsOptions options) =>
        options.Scope == NmsScope.AllClasses || classes[i] == classes[j];
}
