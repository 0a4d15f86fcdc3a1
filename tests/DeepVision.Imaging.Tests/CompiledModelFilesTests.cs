using DeepVision.Prediction;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

public sealed class CompiledModelFilesTests
{
    [Fact]
    public void EmbedAndClassify_PathOrStream_GiveWhatTheImageGives()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(seed: 3).Build();
        using CompiledModel compiled = model.CompileForCpu();
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png");
        try
        {
            byte[] pixels = [.. Enumerable.Range(0, 32 * 32 * 3).Select(i => (byte)(i * 7 % 251))];
            ImageFile.Save(new RgbImage(32, 32, pixels), path);
            RgbImage image = ImageFile.Load(path);
            using var stream = new MemoryStream(File.ReadAllBytes(path));

            Embedding expected = compiled.Embed(image);
            Embedding fromPath = compiled.Embed(path);
            Embedding fromStream = compiled.Embed(stream);
            stream.Position = 0;

            Assert.Equal(expected.Values.ToArray(), fromPath.Values.ToArray());
            Assert.Equal(expected.Values.ToArray(), fromStream.Values.ToArray());
            Assert.Equal("load", fromPath.Timings[0].Stage);
            Assert.Equal("load", fromStream.Timings[0].Stage);
            Assert.Equal(compiled.Classify(path).AsEnumerable(), compiled.Classify(stream));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
