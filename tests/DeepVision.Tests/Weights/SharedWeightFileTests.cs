using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

/// <summary>The real files, compared with what python3-torch 1.13 says of them.</summary>
public sealed class SharedWeightFileTests
{
    // Both sides add the same doubles, in another order.
    private const double SummationTolerance = 1e-11;

    [SharedDataTheory("weights")]
    [InlineData("imagenet-resnet50.pth", WeightFileFormat.TorchZip, 320, 25610205, "conv1.weight", 0.64501953125, "fc.bias", 0.018610702827572823, 1208303.654355548)]
    [InlineData("imagenet-squeezenet1_1.pth", WeightFileFormat.TorchZip, 52, 1235496, "features.0.weight", 0.12091064453125, "classifier.1.bias", 0.0312347412109375, 45876.35751122236)]
    [InlineData("cifar10-resnet20.th", WeightFileFormat.TorchLegacy, 97, 271098, "conv1.weight", -0.13818146288394928, "linear.bias", -0.27025941014289856, 21349.562590950623)]
    [InlineData("retinaface-mobilenet0.25.pth", WeightFileFormat.TorchLegacy, 300, 433343, "body.stage1.0.0.weight", -0.13596665859222412, "LandmarkHead.2.conv1x1.bias", 0.23017118871212006, 7449886.876449896)]
    [InlineData("coco-fastestdet.pth", WeightFileFormat.TorchZip, 420, 252938, "backbone.first_conv.0.weight", -0.12751074135303497, "detect_head.cls_layers.conv5x5.4.num_batches_tracked", 343102, 109960080.23676795)]
    public void Open_RealFile_AgreesWithTorch(
        string name, WeightFileFormat format, int tensors, long elements, string first, double firstValue, string last, double lastValue, double absoluteSum)
    {
        using WeightFile file = WeightFile.Open(SharedData.PathOf("weights/" + name));

        Assert.Equal(format, file.Format);
        Assert.Equal(tensors, file.Tensors.Count);
        Assert.Equal(elements, file.Tensors.Values.Sum(handle => handle.Shape.ElementCount));
        Assert.Equal((first, last), (file.Tensors.Keys.First(), file.Tensors.Keys.Last()));
        Assert.Equal(firstValue, Fixture.Read(file.Tensors[first])[0]);
        Assert.Equal(lastValue, Fixture.Read(file.Tensors[last])[^1]);
        double sum = file.Tensors.Values.Sum(handle => Fixture.Read(handle).Sum(value => Math.Abs((double)value)));
        Assert.Equal(absoluteSum, sum, absoluteSum * SummationTolerance);
    }

    [SharedDataFact("weights/cifar10-resnet20.th")]
    public void Open_CifarResNet20_TakesStateDictAndRemovesModule()
    {
        using WeightFile file = WeightFile.Open(SharedData.PathOf("weights/cifar10-resnet20.th"));

        Assert.Equal("state_dict", file.Root);
        Assert.Equal("module.", file.RemovedPrefix);
        Assert.Equal(new TensorShape(16, 3, 3, 3), file.Tensors["conv1.weight"].Shape);
        Assert.DoesNotContain(file.Tensors.Keys, key => key.EndsWith("num_batches_tracked", StringComparison.Ordinal));
    }

    [SharedDataFact("weights/retinaface-mobilenet0.25.pth", "weights/coco-fastestdet.pth")]
    public void ModuleVersions_OfRealFiles_AreComplete()
    {
        using WeightFile face = WeightFile.Open(SharedData.PathOf("weights/retinaface-mobilenet0.25.pth"));
        using WeightFile detector = WeightFile.Open(SharedData.PathOf("weights/coco-fastestdet.pth"));

        Assert.Equal((196, 250), (face.ModuleVersions.Count, detector.ModuleVersions.Count));
        Assert.Equal(2, detector.ModuleVersions["backbone.first_conv.1"]);
    }
}
