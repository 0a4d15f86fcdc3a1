using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class RetinaFaceDecoderTests
{
    // One level of stride 8 with squares of 16 and 32 pixels on a map of 3 x 4: an image of 24 x 32.
    private const int Places = 12;
    private static readonly AnchorSpec OneLevel = new() { Levels = [new AnchorLevelSpec { Sizes = [16, 32], AspectRatios = [1] }] };
    private static readonly SpatialSize Image = new(20, 30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_OneCandidate_IsItsBoxAndItsPoints(bool isClipped)
    {
        RetinaFaceLevel level = Level(batch: 1);
        const int Place = 6; // row 1, column 2: the middle is at (20, 12)
        level.Logits.Values[(3 * Places) + Place] = 2f; // the second anchor is a face
        level.Logits.Values[(2 * Places) + Place] = 0.5f; // and background
        level.Deltas.Values[(4 * Places) + Place] = 1f; // dx: 0.1 of 32 pixels
        level.Deltas.Values[(7 * Places) + Place] = -5f * MathF.Log(2f); // half as high
        for (int i = 0; i < 10; i++)
        {
            level.Landmarks.Values[((10 + i) * Places) + Place] = i;
        }

        ScoredBox box = Assert.Single(Decoder(isClipped).Decode(Image, [level]));

        Assert.Equal(0, box.ClassIndex);
        Assert.Equal(Logistic.Sigmoid(1.5f), box.Score, 1e-6f);
        AssertNear(new Box(7.2f, 4f, isClipped ? 30f : 39.2f, 20f), box.Box);
        Assert.Equal(RetinaFaceDecoder.LandmarkCount, box.Landmarks!.Count);
        for (int i = 0; i < RetinaFaceDecoder.LandmarkCount; i++)
        {
            Assert.Equal(20f + (0.2f * i * 32f), box.Landmarks[i].X, 1e-4f);
            Assert.Equal(12f + (((0.2f * i) + 0.1f) * 32f), box.Landmarks[i].Y, 1e-4f);
        }
    }

    [Fact]
    public void Decode_SecondImageOfABatch_IsTheImageAlone()
    {
        var random = new Random(5);
        RetinaFaceLevel level = Level(batch: 2);
        foreach (HostTensor tensor in new[] { level.Logits, level.Deltas, level.Landmarks })
        {
            for (int i = 0; i < tensor.Values.Length; i++)
            {
                tensor.Values[i] = (random.NextSingle() * 4) - 2;
            }
        }

        ScoredBox[] found = Decoder().Decode(Image, [level], index: 1);

        ScoredBox[] alone = Decoder().Decode(Image, [new RetinaFaceLevel(Second(level.Logits), Second(level.Deltas), Second(level.Landmarks))]);
        Assert.NotEmpty(found);
        Assert.Equal(alone.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal((alone[i].Box, alone[i].Score), (found[i].Box, found[i].Score));
            Assert.Equal(alone[i].Landmarks!, found[i].Landmarks!);
        }
    }

    [Fact]
    public void Decode_MoreThanTopK_KeepsTheBest()
    {
        RetinaFaceLevel level = Level(batch: 1);
        for (int place = 0; place < Places; place++)
        {
            level.Logits.Values[Places + place] = 1f + (0.01f * place);
        }

        var options = new RetinaFaceDecoderOptions { ScoreThreshold = 0.5f, TopK = 3, Nms = new NmsOptions { IouThreshold = 1 } };
        ScoredBox[] found = new RetinaFaceDecoder(OneLevel, lowestLevel: 3, classes: 1, options).Decode(Image, [level]);

        Assert.Equal([11, 10, 9], found.Select(box => (int)MathF.Round((MathF.Log(box.Score / (1 - box.Score)) - 1f) / 0.01f)));
    }

    [Fact]
    public void Decode_TwoClasses_TakesTheSoftmaxOverBackgroundAndBoth()
    {
        var logits = new HostTensor(new TensorShape(1, 6, 1, 1));
        (logits.Values[0], logits.Values[1], logits.Values[2]) = (0f, 1f, 2f);
        (logits.Values[3], logits.Values[4], logits.Values[5]) = (20f, 0f, 0f);
        var level = new RetinaFaceLevel(logits, new HostTensor(new TensorShape(1, 8, 1, 1)), new HostTensor(new TensorShape(1, 20, 1, 1)));

        ScoredBox[] found = new RetinaFaceDecoder(OneLevel, lowestLevel: 3, classes: 2).Decode(new SpatialSize(8, 8), [level]);

        double sum = 1 + Math.E + (Math.E * Math.E);
        Assert.Equal([1, 0], found.Select(box => box.ClassIndex));
        Assert.Equal(Math.E * Math.E / sum, found[0].Score, 1e-6);
        Assert.Equal(Math.E / sum, found[1].Score, 1e-6);
    }

    [Fact]
    public void Decode_WrongShapes_NamesExpectedAndFound()
    {
        RetinaFaceLevel level = Level(batch: 1);
        var wrong = new RetinaFaceLevel(level.Logits, level.Deltas, new HostTensor(new TensorShape(1, 10, 3, 4)));

        Assert.Contains("landmark", Assert.Throws<ArgumentException>(() => Decoder().Decode(Image, [wrong])).Message, StringComparison.Ordinal);
        Assert.Contains("1 levels", Assert.Throws<ArgumentException>(() => Decoder().Decode(Image, [level, level])).Message, StringComparison.Ordinal);
    }

    private static RetinaFaceDecoder Decoder(bool isClipped = false) =>
        new(OneLevel, lowestLevel: 3, classes: 1, new RetinaFaceDecoderOptions { ScoreThreshold = 0.5f, ClipToImage = isClipped });

    // Background and face are equally likely everywhere, which is not above a threshold of 0.5.
    private static RetinaFaceLevel Level(int batch) => new(
        new HostTensor(new TensorShape(batch, 4, 3, 4)), new HostTensor(new TensorShape(batch, 8, 3, 4)), new HostTensor(new TensorShape(batch, 20, 3, 4)));

    private static HostTensor Second(HostTensor batch)
    {
        var second = new HostTensor(batch.Shape.With(0, 1));
        batch.Item(1).CopyTo(second.Values);
        return second;
    }

    private static void AssertNear(Box expected, Box found)
    {
        Assert.Equal(expected.X1, found.X1, 1e-4f);
        Assert.Equal(expected.Y1, found.Y1, 1e-4f);
        Assert.Equal(expected.X2, found.X2, 1e-4f);
        Assert.Equal(expected.Y2, found.Y2, 1e-4f);
    }
}
