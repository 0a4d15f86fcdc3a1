using DeepVision.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch;

/// <summary>Devices are there, or it is said that they are not.</summary>
public sealed class TorchDeviceTests
{
    private static bool HasCuda => cuda.is_available();

    [TorchFact]
    public void Auto_SaysWhatItChoseAndWhy()
    {
        var said = new List<string>();

        Device device = TorchDevice.Auto.Resolve(said.Add);

        Assert.Equal(HasCuda ? DeviceType.CUDA : DeviceType.CPU, device.type);
        Assert.Contains(HasCuda ? "cuda:0" : "runs on the CPU", Assert.Single(said), StringComparison.Ordinal);
        Assert.EndsWith(".", said[0], StringComparison.Ordinal);
    }

    [TorchFact]
    public void Cuda_ThatIsNotThere_IsAnErrorThatSaysWhatToDo()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => TorchDevice.Cuda(99).Resolve());

        Assert.Contains(HasCuda ? "CUDA device 99" : "TorchSharp-cuda-linux", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void ToTorchSharp_OnAMissingDevice_FailsBeforeAnythingIsBuilt()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").InitializeWeights().Build();

        Assert.Throws<InvalidOperationException>(() => model.ToTorchSharp(new Device(DeviceType.CUDA, 99)));
        Assert.Throws<InvalidOperationException>(() => model.CompileForTorch(new TorchOptions { Device = TorchDevice.Cuda(99) }));
    }

    [TorchFact]
    public void Cpu_IsAlwaysThere() => Assert.Equal(DeviceType.CPU, TorchDevice.Cpu.Resolve(_ => Assert.Fail("Nothing was chosen.")).type);
}
