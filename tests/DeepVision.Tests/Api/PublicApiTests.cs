using DeepVision.Tests.Shared;

namespace DeepVision.Tests.Api;

public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheCore_IsTheApprovedOne() =>
        ApprovedApi.Check(typeof(VisionModel).Assembly, Repository.PathOf("tests", "DeepVision.Tests", "Api", "DeepVision.txt"));
}
