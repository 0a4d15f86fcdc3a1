using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Preprocessing;

public sealed class ReferenceParityTests
{
    public static TheoryData<string> ImageNetReferences => new(GoldenFile.Lines("Preprocessing/Golden/imagenet.txt"));

    public static TheoryData<int> DetectionReferences => new(Enumerable.Range(0, GoldenFile.Lines("Preprocessing/Golden/detection.txt").Length / 4));

    [Theory]
    [MemberData(nameof(ImageNetReferences))]
    public void ImageNetV2_AnySize_EqualsTorchvisionBitForBit(string line)
    {
        int[] n = GoldenFile.Integers(line, 0, 4);

        PreparedImage prepared = ImagePreprocessing.ImageNetV2(n[2], n[3]).Prepare(GoldenFile.Image(n[0], n[1]));

        Assert.Equal(line.Split(' ')[4], GoldenFile.Sha(prepared.Tensor.Values));
    }

    [Fact]
    public void GrayReplicated_AnyImage_EqualsPillowsLuminanceInEachPlane()
    {
        var preprocessing = new ImagePreprocessing { Channels = ChannelOrder.GrayReplicated, Scale = PixelScale.Bytes };
        foreach (string line in GoldenFile.Lines("Preprocessing/Golden/gray.txt"))
        {
            int[] n = GoldenFile.Integers(line, 0, 2);
            float[] values = preprocessing.Prepare(GoldenFile.Image(n[0], n[1])).Tensor.Values.ToArray();
            for (int plane = 0; plane < 3; plane++)
            {
                byte[] bytes = [.. values.Skip(plane * n[0] * n[1]).Take(n[0] * n[1]).Select(v => (byte)v)];
                Assert.Equal(line.Split(' ')[2], GoldenFile.Sha(bytes));
            }
        }
    }

    [Fact]
    public void TorchvisionDetection_ManySizes_PlansTorchvisionsSizes()
    {
        foreach (string line in GoldenFile.Lines("Preprocessing/Golden/detection_sizes.txt"))
        {
            int[] n = GoldenFile.Integers(line, 0, 6);

            PreparedGeometry plan = ImagePreprocessing.TorchvisionDetection(n[0], n[1]).Plan(n[2], n[3]);

            // PyTorch refuses a side of 0; one pixel is kept here.
            Assert.True(new ImageSize(Math.Max(1, n[4]), Math.Max(1, n[5])) == plan.Resized, $"{line}: found {plan.Resized}");
        }
    }

    [Theory]
    [MemberData(nameof(DetectionReferences))]
    public void TorchvisionDetection_AnySize_EqualsTorchvisionBitForBit(int index)
    {
        string[] lines = GoldenFile.Lines("Preprocessing/Golden/detection.txt")[(4 * index)..(4 * index + 4)];
        int[] n = GoldenFile.Integers(lines[0], 0, 8);

        PreparedImage prepared = ImagePreprocessing.TorchvisionDetection(n[2], n[3]).Prepare(GoldenFile.Image(n[0], n[1]));

        Assert.Equal(new ImageSize(n[4], n[5]), prepared.Geometry.Resized);
        Assert.Equal(new ImageSize(n[6], n[7]), prepared.Geometry.Tensor);
        string[] samples = lines[2].Split(' ');
        int step = int.Parse(samples[0]);
        for (int i = 1; i < samples.Length; i++)
        {
            float expected = Float(samples[i]);
            float actual = prepared.Tensor.Values[(i - 1) * step];
            Assert.True(expected == actual, $"Value {(i - 1) * step}: expected {expected:R}, found {actual:R}");
        }

        Assert.Equal(lines[3], GoldenFile.Sha(prepared.Tensor.Values));
    }

    [Theory]
    [MemberData(nameof(DetectionReferences))]
    public void ToSourceUnclipped_DetectionBoxes_EqualsTorchvisionBitForBit(int index)
    {
        string[] lines = GoldenFile.Lines("Preprocessing/Golden/detection.txt")[(4 * index)..(4 * index + 4)];
        int[] n = GoldenFile.Integers(lines[0], 0, 8);
        PreparedGeometry plan = ImagePreprocessing.TorchvisionDetection(n[2], n[3]).Plan(n[0], n[1]);
        float[] boxes = [0, 0, n[4], n[5], 1.25f, 2.5f, 30.7f, 31.9f, 0.1f, 0.3f, 7.77f, 9.99f];

        plan.ToSourceUnclipped(boxes);

        Assert.Equal(lines[1].Split(' ').Select(Float), boxes);
    }

    private static float Float(string hex) => BitConverter.UInt32BitsToSingle(Convert.ToUInt32(hex, 16));
}
