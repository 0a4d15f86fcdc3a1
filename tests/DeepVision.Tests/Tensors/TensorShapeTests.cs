using DeepVision.Tensors;

namespace DeepVision.Tests.Tensors;

public sealed class TensorShapeTests
{
    [Fact]
    public void ElementCount_OfImageBatch_IsProductOfExtents() => Assert.Equal(2 * 3 * 5 * 7, new TensorShape(2, 3, 5, 7).ElementCount);

    [Fact]
    public void Equals_DifferentRankSameLeadingExtents_IsFalse() => Assert.NotEqual(new TensorShape(2, 3), new TensorShape(2, 3, 1));

    [Fact]
    public void Constructor_NegativeExtent_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new TensorShape(1, -1));

    [Fact]
    public void ToString_JoinsExtents() => Assert.Equal("1x3x224x224", new TensorShape(1, 3, 224, 224).ToString());
}
