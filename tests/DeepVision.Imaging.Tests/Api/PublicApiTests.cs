using DeepVision.Tests.Shared;

namespace DeepVision.Imaging.Tests.Api;

public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfImaging_IsTheApprovedOne() =>
        ApprovedApi.Check(typeof(ImageFile).Assembly, Repository.PathOf("tests", "DeepVision.Imaging.Tests", "Api", "DeepVision.Imaging.txt"));
}
