using DeepVision.Tests.Shared;

namespace DeepVision.ImageSharp.Tests.Api;

public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfImageSharp_IsTheApprovedOne() =>
        ApprovedApi.Check(typeof(ImageConversion).Assembly, Repository.PathOf("tests", "DeepVision.ImageSharp.Tests", "Api", "DeepVision.ImageSharp.txt"));
}
