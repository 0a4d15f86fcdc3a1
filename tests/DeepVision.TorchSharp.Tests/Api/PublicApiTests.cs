using DeepVision.Tests.Shared;
using DeepVision.Torch;

namespace DeepVision.Tests.Torch.Api;

/// <summary>The same file over the own binding and over the TorchSharp package: both have the same names and signatures.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheTorchSharpRuntime_IsTheApprovedOne() => ApprovedApi.Check(
        typeof(VisionModule).Assembly, Repository.PathOf("tests", "DeepVision.TorchSharp.Tests", "Api", "DeepVision.TorchSharp.txt"));
}
