using DeepVision.Tests.Shared;
using DeepVision.Torch;

namespace DeepVision.Tests.Torch.Api;

/// <summary>What the package offers is what was reviewed.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheTorchSharpRuntime_IsTheApprovedOne() => ApprovedApi.Check(
        typeof(VisionModule).Assembly, Repository.PathOf("tests", "DeepVision.TorchSharp.Tests", "Api", "DeepVision.TorchSharp.txt"));
}
