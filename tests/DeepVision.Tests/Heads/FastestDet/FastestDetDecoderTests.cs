using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class FastestDetDecoderTests
{
    // A map of 3 x 4 cells on a tensor of 48 x 64.
    private const int Places = 12;
    private static readonly SpatialSize Image = new(40, 64);
    private static readonly SpatialSize Padded = new(48, 64);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_OneCell_IsItsBoxWithTheLikeliestClass(bool isClipped)
    {
        CellLevel level = Level();
        const int Place = 10; // row 2, column 2
        level.Objectness.Values[Place] = 1f;
        level.Logits.Values[Places + Place] = 2f;
        level.Boxes.Values[Place] = 0.5f;
        level.Boxes.Values[Places + Place] = -0.25f;
        level.Boxes.Values[(2 * Places) + Place] = -1f;
        level.Boxes.Values[(3 * Places) + Place] = 0f;

        ScoredBox box = Assert.Single(
            new FastestDetDecoder(classes: 3, new FastestDetDecoderOptions { ClipToImage = isClipped }).Decode(Image, Padded, level));

        double share = 1 / (1 + Math.Exp(-1));
        double likeliest = Math.Exp(2) / (Math.Exp(2) + 2);
        Assert.Equal(1, box.ClassIndex);
        Assert.Equal(Math.Pow(share, 0.6) * Math.Pow(likeliest, 0.4), box.Score, 1e-6);
        double centerX = (2 + Math.Tanh(0.5)) * 16;
        double centerY = (2 + Math.Tanh(-0.25)) * 16;
        double width = 64 / (1 + Math.E);
        Assert.Equal(centerX - (width / 2), box.Box.X1, 1e-4);
        Assert.Equal(centerY - 12, box.Box.Y1, 1e-4);
        Assert.Equal(centerX + (width / 2), box.Box.X2, 1e-4);
        Assert.Equal(isClipped ? 40 : centerY + 12, box.Box.Y2, 1e-4);
    }

    [Fact]
    public void Decode_OverlappingCells_KeepsTheBestOfEachClass()
    {
        CellLevel level = Level();
        foreach ((int place, int label, float objectness) in new[] { (0, 0, 1f), (1, 0, 2f), (4, 2, 0.5f) })
        {
            level.Objectness.Values[place] = objectness;
            level.Logits.Values[(label * Places) + place] = 9f;
            level.Boxes.Values[(2 * Places) + place] = 9f;
            level.Boxes.Values[(3 * Places) + place] = 9f;
        }

        ScoredBox[] found = new FastestDetDecoder(classes: 3).Decode(Image, Padded, level);

        Assert.Equal([0, 2], found.Select(box => box.ClassIndex));
        Assert.True(found[0].Score > found[1].Score);
    }

    [Fact]
    public void Decode_WrongShapes_NamesExpectedAndFound()
    {
        CellLevel level = Level();
        CellLevel wrong = level with { Objectness = level.Boxes };

        Assert.Contains("objectness", Assert.Throws<ArgumentException>(() => new FastestDetDecoder(3).Decode(Image, Padded, wrong)).Message, StringComparison.Ordinal);
        Assert.Contains("(N, 5, H, W)", Assert.Throws<ArgumentException>(() => new FastestDetDecoder(5).Decode(Image, Padded, level)).Message, StringComparison.Ordinal);
    }

    // No cell is an object.
    private static CellLevel Level()
    {
        var level = new CellLevel(Tensor(3), Tensor(4), Tensor(1));
        level.Objectness.Values.Fill(-30f);
        return level;
    }

    private static HostTensor Tensor(int channels) => new(new TensorShape(1, channels, 3, 4));
}
