using DeepVision.Metrics;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;

namespace DeepVision.FashionScenes.Training;

/// <summary>Scenes as examples, rendered when they are asked for.</summary>
internal static class SceneData
{
    public static ITrainingData<DetectionExample> Create(FashionSplit split, int count, string articles)
    {
        SceneGenerator scenes = SceneGenerator.Create(split, articles);
        return TrainingData.Create(count, i => ToExample(scenes.Render(i)), i => $"scene {i} of {split}");
    }

    private static DetectionExample ToExample(Scene scene) => new(
        scene.Image,
        [
            .. scene.Objects.Select(thing => new GroundTruthBox(new Box(thing.Left, thing.Top, thing.Right, thing.Bottom), thing.Label)
            {
                Ignore = thing.Ignored,
            }),
        ]);
}
