using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

/// <summary>
/// The same raw outputs through torchvision 0.14.1 and through this library give the same detections, bit for bit.
/// </summary>
public sealed class TorchvisionParityTests
{
    private static readonly TorchvisionGolden Golden = TorchvisionGolden.Load();

    public static TheoryData<int, int, NmsScope, string> Images()
    {
        var data = new TheoryData<int, int, NmsScope, string>();
        for (int c = 0; c < 3; c++)
        {
            for (int image = 0; image < 2; image++)
            {
                data.Add(c, image, NmsScope.PerClass, "perclass");
                data.Add(c, image, NmsScope.PerClassLikeTorchvision, "torchvision");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Decode_SameRawOutputs_GivesTorchvisionsDetections(int caseIndex, int image, NmsScope scope, string golden)
    {
        RawCase raw = RawOutputs.Cases[caseIndex];
        RetinaNetLevel[] levels = RawOutputs.Levels(raw, image);
        AssertCaseIsHard(raw, image, levels);
        var decoder = new RetinaNetDecoder(
            AnchorSpec.RetinaNet, raw.Classes, new RetinaNetDecoderOptions { Nms = new NmsOptions { Scope = scope } });

        ScoredBox[] found = decoder.Decode(raw.Images[image], raw.Padded, levels);

        ScoredBox[] expected = Golden.Detections(caseIndex, golden, image);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(0.3, "0.3")]
    [InlineData(0.5, "0.5")]
    [InlineData(0.7, "0.7")]
    public void Nms_EqualScoresAndIoUsAtTheThreshold_KeepsTorchvisionsBoxes(double threshold, string golden)
    {
        const int Count = 1500;
        float[] u = RawOutputs.Uniform(3, 0, 0, 0, 5 * Count);
        var boxes = new Box[Count];
        var scores = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            float x = MathF.Floor(u[i] * 64);
            float y = MathF.Floor(u[i + Count] * 64);
            float width = MathF.Floor(MathF.Floor(u[i + (2 * Count)] * 64) / 2);
            float height = MathF.Floor(MathF.Floor(u[i + (3 * Count)] * 64) / 2);
            boxes[i] = new Box(x, y, x + width, y + height);
            scores[i] = MathF.Floor(u[i + (4 * Count)] * 200) / 256;
        }

        KeptBox[] kept = NonMaximumSuppression.Run(
            boxes, scores, [], new NmsOptions { Scope = NmsScope.AllClasses, IouThreshold = threshold });

        Assert.Equal(Golden.Nms(golden), kept.Select(k => k.Index));
    }

    [Fact]
    public void BoxCoder_WithWeights_DecodesAsTorchvision()
    {
        const int Count = 200;
        float[] u = RawOutputs.Uniform(3, 0, 0, 1, 8 * Count);
        var coder = new BoxCoder { WeightX = 10, WeightY = 10, WeightWidth = 5, WeightHeight = 5 };
        Box[] expected = Golden.Coder();
        for (int i = 0; i < Count; i++)
        {
            float x = u[i] * 500;
            float y = u[i + Count] * 500;
            float width = u[i + (2 * Count)] * 200;
            float height = u[i + (3 * Count)] * 200;
            var delta = new BoxDelta(Code(4), Code(5), Code(6), Code(7));

            Box box = coder.Decode(new Box(x, y, x + width, y + height), delta);

            Assert.Equal(expected[i], box);

            float Code(int row) => (u[i + (row * Count)] - 0.5f) * 8;
        }
    }

    // At least 100 candidates before the cap, of at least 3 levels and 5 classes, with at least 20 of them suppressed.
    private static void AssertCaseIsHard(RawCase raw, int image, RetinaNetLevel[] levels)
    {
        var options = new RetinaNetDecoderOptions { MaxDetections = int.MaxValue };
        var decoder = new RetinaNetDecoder(AnchorSpec.RetinaNet, raw.Classes, options);
        var candidates = new CandidateList();
        var classes = new HashSet<int>();
        int count = 0;
        int levelsWithAny = 0;
        foreach (RetinaNetLevel level in levels)
        {
            var layout = new LevelLayout { AnchorsPerLocation = 9, Classes = raw.Classes, Map = level.Map };
            decoder.Selector.Select(level.Logits.Span, layout, candidates);
            count += candidates.Count;
            levelsWithAny += candidates.Count > 0 ? 1 : 0;
            for (int i = 0; i < candidates.Count; i++)
            {
                classes.Add(candidates[i].Index % raw.Classes);
            }
        }

        int kept = decoder.Decode(raw.Images[image], raw.Padded, levels).Length;
        Assert.True(count >= 100, $"Only {count} candidates.");
        Assert.True(levelsWithAny >= 3, $"Candidates from only {levelsWithAny} levels.");
        Assert.True(classes.Count >= 5, $"Candidates of only {classes.Count} classes.");
        Assert.True(count - kept >= 20, $"Only {count - kept} of {count} candidates are suppressed.");
    }
}
