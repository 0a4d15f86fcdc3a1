using DeepVision.Weights;

namespace DeepVision.Tests.Weights.Containers;

public sealed class TorchTensorReaderTests
{
    [Theory]
    [InlineData(0, new long[] { 25 }, new long[] { 1 }, "reach element 24")]
    [InlineData(1, new long[] { 24 }, new long[] { 1 }, "reach element 24")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 24, 1 }, "reach element 25")]
    [InlineData(0, new long[] { 3 }, new long[] { long.MaxValue }, "reach element")]
    [InlineData(24, new long[] { }, new long[] { }, "reach element 24")]
    [InlineData(25, new long[] { 0 }, new long[] { 1 }, "starts at element 25")]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 }, "starts at element -1")]
    [InlineData(5, new long[] { 2 }, new long[] { -1 }, "negative strides")]
    [InlineData(0, new long[] { -2 }, new long[] { 1 }, "extent 0 of its shape is -2")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 1 }, "2 dimensions but 1 strides")]
    [InlineData(0, new long[] { int.MaxValue, int.MaxValue }, new long[] { 0, 0 }, "MaxTotalBytes")]
    [InlineData(0, new long[] { int.MaxValue, int.MaxValue, int.MaxValue, 0 }, new long[] { 0, 0, 0, 0 }, "MaxTotalBytes")]
    [InlineData(0, new long[] { 1L << 40 }, new long[] { 0 }, "extent 0")]
    [InlineData(0, new long[] { 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1, 1, 1, 1, 1 }, "7 dimensions")]
    public void Read_ViewOutsideItsStorage_IsRefused(long offset, long[] sizes, long[] strides, string expected)
    {
        byte[] content = new LegacyFileBuilder().Tensor("weight", offset, sizes, strides).DictionaryFile();

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(content));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(22, new long[] { 2 }, new long[] { 1 }, new float[] { 22, 23 })]
    [InlineData(3, new long[] { 2, 3 }, new long[] { 0, 2 }, new float[] { 3, 5, 7, 3, 5, 7 })]
    [InlineData(23, new long[] { 1, 1 }, new long[] { long.MaxValue, 99 }, new float[] { 23 })]
    [InlineData(0, new long[] { 2, 1, 2 }, new long[] { 1, 77, 10 }, new float[] { 0, 10, 1, 11 })]
    [InlineData(24, new long[] { 0, 5 }, new long[] { 5, 1 }, new float[] { })]
    [InlineData(0, new long[] { 2, 2, 2 }, new long[] { 12, 6, 3 }, new float[] { 0, 3, 6, 9, 12, 15, 18, 21 })]
    public void Read_UnusualView_GivesItsElements(long offset, long[] sizes, long[] strides, float[] expected)
    {
        using WeightFile file = Fixture.Open(new LegacyFileBuilder().Tensor("weight", offset, sizes, strides).DictionaryFile());

        Assert.Equal(expected, Fixture.Read(file.Tensors["weight"]));
    }

    [Fact]
    public void Read_MissingStorage_IsNamed()
    {
        byte[] content = new LegacyFileBuilder().Tensor("weight", 0, [2], [1]).DictionaryFile(withStorage: false);

        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(content));

        Assert.Equal("weight", exception.Key);
        Assert.Contains("'s'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StorageWithTwoSizes_IsRefused()
    {
        byte[] content = new LegacyFileBuilder().Tensor("a", 0, [2], [1]).Tensor("b", 0, [2], [1], count: 23).DictionaryFile();

        Assert.Contains("was 24 x Float32", Assert.Throws<WeightsException>(() => Fixture.Open(content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyViewsOfOneStorage_CountAgainstTheLimit()
    {
        var builder = new LegacyFileBuilder();
        for (int i = 0; i < 100; i++)
        {
            builder.Tensor($"w{i}", 0, [1000, 1000], [0, 0]);
        }

        var options = new WeightFileOptions { MaxTotalBytes = 50_000_000 };
        WeightsException exception = Assert.Throws<WeightsException>(() => Fixture.Open(builder.DictionaryFile(), options));

        Assert.Equal("w12", exception.Key);
    }
}
