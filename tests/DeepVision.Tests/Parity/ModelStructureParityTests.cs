using DeepVision.Graphs.Passes;
using DeepVision.Models;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>Every preset has the keys, shapes, types and counts of the official PyTorch model.</summary>
public sealed class ModelStructureParityTests
{
    public static TheoryData<string> Models { get; } = [.. ParityModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Parameters_OfModel_AreTheOfficialStateDict(string name)
    {
        using VisionModel model = ParityModels.Builder(name).Build();
        string[] expected = [.. GoldenFolder.Keys(name).Select(key => Describe(key.Key, key.Shape, key.IsInteger)).Order(StringComparer.Ordinal)];

        string[] found =
        [
            .. model.Parameters.Select(p => Describe(p.Name, p.Shape, p.Type == WeightType.Int64)).Order(StringComparer.Ordinal),
        ];

        Assert.True(
            expected.SequenceEqual(found),
            $"only in PyTorch: {string.Join("; ", expected.Except(found).Take(10))}\nonly here: {string.Join("; ", found.Except(expected).Take(10))}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ParameterCount_OfModel_IsTheOfficialOne(string name)
    {
        using VisionModel model = ParityModels.Builder(name).Build();

        Assert.Equal(GoldenModel.Load(name).Parameters, model.ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void MultiplyAdds_OfModel_AreTheOfficialOnes(string name)
    {
        using VisionModel model = ParityModels.Builder(name).Build();

        foreach (((int height, int width), long expected) in GoldenModel.Load(name).MultiplyAdds)
        {
            var image = new TensorShape(1, 3, height, width);
            Assert.Equal(expected, model.Stages.Sum(stage => stage.Graph.InferShapes(stage.Step?.TypicalInput(image) ?? image).MultiplyAdds));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void MultiplyAdds_ForInference_StayTheSame(string name)
    {
        using VisionModel model = ParityModels.Builder(name).Build();
        (int height, int width) = GoldenOutput.SizeOfBatch(name);
        var image = new TensorShape(2, 3, height, width);

        foreach (ModelStage stage in model.Stages)
        {
            TensorShape shape = stage.Step?.TypicalInput(image) ?? image;
            Assert.Equal(stage.Graph.InferShapes(shape).MultiplyAdds, stage.Graph.ForInference().InferShapes(shape).MultiplyAdds);
        }
    }

    private static string Describe(string key, TensorShape shape, bool isInteger) => $"{key} {shape}{(isInteger ? " int64" : "")}";
}
