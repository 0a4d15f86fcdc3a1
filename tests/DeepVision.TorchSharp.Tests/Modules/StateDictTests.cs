using DeepVision.Tests.Parity;
using DeepVision.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>State dicts have the official keys, shapes and types.</summary>
public sealed class StateDictTests
{
    public static TheoryData<string> Models { get; } = [.. ParityModels.Usual];

    [TorchTheory]
    [MemberData(nameof(Models))]
    public void StateDict_OfModel_IsTheOfficialOne(string name)
    {
        using VisionModule module = ParityModels.Builder(name).InitializeWeights().BuildModule();

        string[] found =
        [
            .. module.state_dict().Select(entry => Describe(entry.Key, entry.Value.shape, entry.Value.dtype)).Order(StringComparer.Ordinal),
        ];

        string[] expected =
        [
            .. GoldenFolder.Keys(name)
                .Select(key => Describe(key.Key, [.. key.Shape.ToArray().Select(e => (long)e)], key.IsInteger ? ScalarType.Int64 : ScalarType.Float32))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(
            expected.SequenceEqual(found),
            $"only in PyTorch: {string.Join("; ", expected.Except(found).Take(10))}\nonly here: {string.Join("; ", found.Except(expected).Take(10))}");
    }

    [TorchFact]
    public void StateDict_OfResNet_HasPyTorchsOrder()
    {
        using VisionModule module = VisionModel.FromPreset("resnet18").InitializeWeights().BuildModule();

        Assert.Equal(
            ["conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"],
            module.named_children().Select(child => child.name));
        Assert.Equal(GoldenFolder.Keys("resnet18").Select(key => key.Key).Where(key => !key.Contains("bn", StringComparison.Ordinal) && !key.Contains("downsample", StringComparison.Ordinal)),
            module.state_dict().Keys.Where(key => !key.Contains("bn", StringComparison.Ordinal) && !key.Contains("downsample", StringComparison.Ordinal)));
    }

    [TorchFact]
    public void Parameters_OfFrozenNorm_AreBuffersWithoutBatchCount()
    {
        using VisionModule module = VisionModel.FromPreset("retinanet_resnet50_fpn").InitializeWeights().BuildModule();

        Assert.DoesNotContain(module.named_parameters(), parameter => parameter.name.Contains("bn", StringComparison.Ordinal));
        Assert.Contains(module.named_buffers(), buffer => buffer.name == "backbone.body.bn1.weight");
        Assert.DoesNotContain(module.state_dict().Keys, key => key.EndsWith("num_batches_tracked", StringComparison.Ordinal));
    }

    private static string Describe(string key, long[] shape, ScalarType type) => $"{key} {string.Join('x', shape)} {type}";
}
