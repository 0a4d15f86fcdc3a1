using DeepVision.Torch;
using DeepVision.Torch.Native;

namespace DeepVision.Tests.Torch;

[Collection(AloneCollection.Name)]
public sealed class TorchRuntimeTests
{
    [TorchFact]
    public void Initialize_ByHand_SwitchesOneDnn()
    {
        bool before = TorchRuntime.UsesOneDnn;
        try
        {
            TorchRuntime.Initialize(OneDnnUse.Off);
            Assert.False(TorchRuntime.UsesOneDnn);
            TorchRuntime.Initialize(OneDnnUse.On);
            Assert.True(TorchRuntime.UsesOneDnn);
        }
        finally
        {
            TorchRuntime.Initialize(before ? OneDnnUse.On : OneDnnUse.Off);
        }
    }

    [Fact]
    public void Initialize_NoSuchUse_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Initialize((OneDnnUse)7));

    [Fact]
    public void Explain_AnOlderCppRuntime_NamesTheProperty()
    {
        string text = NativeTorch.Explain("/usr/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)");

        Assert.Contains("<DeepVisionRelaxLibstdcxx>true</DeepVisionRelaxLibstdcxx>", text, StringComparison.Ordinal);
        Assert.Contains("The loader says: /usr/lib", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NoLibTorch_NamesThePackage()
    {
        string text = NativeTorch.Explain("Unable to load shared library 'torch_cpu' or one of its dependencies.");

        Assert.Contains("add the package libtorch-cpu-", text, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cuda-linux", text, StringComparison.Ordinal);
    }
}
