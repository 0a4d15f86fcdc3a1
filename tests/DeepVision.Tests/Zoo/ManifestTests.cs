using DeepVision.Graphs;
using DeepVision.Tests.Shared;
using DeepVision.Weights;
using DeepVision.Zoo;

namespace DeepVision.Tests.Zoo;

public sealed class ManifestTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepvision");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void FromManifest_ShippedClassifier_Builds()
    {
        using VisionModel model = VisionModel.FromManifest(Repository.PathOf("models", "fashion-resnet20")).Build();

        Assert.Equal(FashionMnist.Classes, model.Labels);
        Assert.True(model.Weights.Reports[0].IsExact);
    }

    [Fact]
    public void CreateBuilder_DamagedWeights_SaysBothHashes()
    {
        string source = Repository.PathOf("models", "fashion-resnet20");
        File.Copy(Path.Combine(source, "manifest.json"), Path.Combine(_folder.FullName, "manifest.json"));
        File.WriteAllBytes(Path.Combine(_folder.FullName, "model.safetensors"), [1, 2, 3]);

        var exception = Assert.Throws<WeightsException>(() => VisionModel.FromManifest(_folder.FullName));

        // SHA-256 of the bytes 1, 2, 3.
        Assert.Contains("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", exception.Message, StringComparison.Ordinal);
        Assert.Contains(ModelManifest.Load(source).Sha256, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "not valid JSON")]
    [InlineData("[]", "'weights' is missing")]
    [InlineData("{\"weights\": 3}", "'weights' must be Object")]
    [InlineData("{\"weights\": {\"file\": \"../other.pth\"}}", "must be a name in the manifest's folder")]
    [InlineData("{\"weights\": {\"file\": \"a.pth\"}, \"preset\": \"resnet5000\"}", "no preset 'resnet5000'")]
    public void Load_BrokenManifest_NamesTheProperty(string json, string expected)
    {
        string path = Path.Combine(_folder.FullName, "manifest.json");
        File.WriteAllText(path, json);

        var exception = Assert.Throws<WeightsException>(() => ModelManifest.Load(path));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FrozenNorm_KeepsItsEpsilon()
    {
        string path = Path.Combine(_folder.FullName, "manifest.json");
        string labels = string.Join(", ", Enumerable.Range(0, 91).Select(i => $"\"c{i}\""));
        File.WriteAllText(path, $$"""
            {
              "name": "retinanet", "preset": "retinanet_resnet50_fpn", "license": "BSD-3-Clause", "origin": "torchvision",
              "weights": { "file": "retinanet_resnet50_fpn_coco.pth", "sha256": "00" },
              "batchNorm": { "kind": "frozen", "epsilon": 0 },
              "labels": [{{labels}}]
            }
            """);

        ModelManifest manifest = ModelManifest.Load(path);

        Assert.Equal(DeepVision.Graphs.Normalization.FrozenBatchNorm(0), manifest.Options.BackboneNormalization);
    }
}
