using DeepVision.Cpu;
using DeepVision.Tests.Parity;

namespace DeepVision.Tests.Lanes;

/// <summary>Whole networks on the instructions that the lane leaves switched on.</summary>
public sealed class LaneParityTests
{
    [Theory]
    [InlineData("resnet18")]
    [InlineData("cifar_resnet20")]
    [InlineData("vgg11_bn")]
    [InlineData("retinanet_resnet50_fpn_v2")]
    [InlineData("resnext50_32x4d")]
    [InlineData("mobilenet_v2")]
    [InlineData("mobilenet_v3_small")]
    [InlineData("squeezenet1_1")]
    [InlineData("shufflenet_v2_x0_5")]
    [InlineData("ssdlite320_mobilenet_v3_large")]
    [InlineData("retinaface_mobilenet_0.25")]
    [InlineData("densenet121")]
    [InlineData("regnet_y_400mf")]
    [InlineData("efficientnet_b0")]
    [InlineData("convnext_tiny")]
    [InlineData("vit_small")]
    [InlineData("fastestdet")]
    [InlineData("fasterrcnn_resnet50_fpn")]
    [InlineData("fasterrcnn_mobilenet_v3_large_fpn")]
    [InlineData("deeplabv3_resnet50")]
    [InlineData("lraspp_mobilenet_v3_large")]
    public void Run_OnWidestInstructionsOfLane_GivesPyTorchsOutputs(string name) =>
        RawOutputParity.AssertSmallest(name, CpuInstructionSet.Auto);
}
