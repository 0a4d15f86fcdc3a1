using DeepVision.Cpu.Planning;
using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class YoloxDecoderTests
{
    // A map of 3 x 4 cells of 8 pixels.
    private const int Places = 12;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_OneCell_IsItsBoxWithTheLikeliestClass(bool isClipped)
    {
        var level = new CellLevel(Tensor(2), Tensor(4), Tensor(1));
        level.Objectness.Values.Fill(-30f);
        const int Place = 6; // row 1, column 2
        level.Objectness.Values[Place] = 1f;
        level.Logits.Values[Place] = -1f;
        level.Logits.Values[Places + Place] = 2f;
        level.Boxes.Values[Place] = 0.5f;
        level.Boxes.Values[Places + Place] = -0.25f;
        level.Boxes.Values[(2 * Places) + Place] = MathF.Log(4f);
        level.Boxes.Values[(3 * Places) + Place] = 0f;
        var decoder = new YoloxDecoder(lowestLevel: 3, levelCount: 1, classes: 2, new YoloxDecoderOptions { ClipToImage = isClipped });

        ScoredBox box = Assert.Single(decoder.Decode(new SpatialSize(20, 30), [level]));

        Assert.Equal(1, box.ClassIndex);
        Assert.Equal(1 / ((1 + Math.Exp(-1)) * (1 + Math.Exp(-2))), box.Score, 1e-6);
        Assert.Equal(4f, box.Box.X1, 1e-4f); // the middle at (20, 6), 32 wide and 8 high
        Assert.Equal(2f, box.Box.Y1, 1e-4f);
        Assert.Equal(isClipped ? 30f : 36f, box.Box.X2, 1e-4f);
        Assert.Equal(10f, box.Box.Y2, 1e-4f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ToSource_BoxOverTheEdge_IsCutWhereTheDecoderCuts(bool isClipped)
    {
        var task = new YoloxTask(["a"], new YoloxDecoder(3, 1, 1, new YoloxDecoderOptions { ClipToImage = isClipped }), ["P3"]);
        PreparedGeometry geometry = new ImagePreprocessing { Resize = ResizeRule.Exact(ImageSize.Square(8)) }.Plan(16, 16);

        Assert.Equal(isClipped ? new Box(0, 2, 16, 8) : new Box(-4, 2, 20, 8), task.ToSource(new Box(-2, 1, 10, 4), geometry));
    }

    private static HostTensor Tensor(int channels) => new(new TensorShape(1, channels, 3, 4));
}
