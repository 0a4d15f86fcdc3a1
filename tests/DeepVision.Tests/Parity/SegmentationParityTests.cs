using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;

namespace DeepVision.Tests.Parity;

/// <summary>From 8-bit images to a class for every pixel: preprocessing, network and resizing together give torchvision's.</summary>
public sealed class SegmentationParityTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in GoldenSegmentation.Names)
            {
                for (int i = 0; i < GoldenSegmentation.Count(name); i++)
                {
                    cases.Add(name, i);
                }
            }

            return cases;
        }
    }

    [Fact]
    public void Cases_AreThoseOfEveryPresetThatSegments()
    {
        IEnumerable<string> segmenters = ParityModels.Names.Where(name =>
        {
            using VisionModel model = ParityModels.Builder(name).Build();
            return model.Task is SegmentationTask;
        });

        Assert.Equal(segmenters.Order(), GoldenSegmentation.Names);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Segment_GeneratedImage_GivesTorchvisionsClasses(string name, int index)
    {
        GoldenSegmentation golden = GoldenSegmentation.Load(name, index);
        using VisionModel model = ParityModels.WithGeneratedWeights(
            ParityModels.Builder(name).WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation(golden.Resize)));
        using CompiledModel compiled = model.CompileForCpu();

        Segmentation found = compiled.Segment(ParityImages.Rgb(golden.Image, golden.Width, golden.Height));

        golden.AssertAgrees(found.Classes);
    }
}
