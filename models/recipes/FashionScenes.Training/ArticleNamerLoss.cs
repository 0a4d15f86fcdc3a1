using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.FashionScenes.Training;

/// <summary>The sum of the cross-entropies of the three levels.</summary>
internal sealed class ArticleNamerLoss : ITrainingLoss<ClassificationExample>
{
    public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<ClassificationExample> batch)
    {
        long[] classes = [.. batch.Examples.Select(example => (long)example.ClassIndex)];
        using Tensor truth = tensor(classes);
        return new LossValues(
            [.. ArticleNamer.Levels.Select(level => KeyValuePair.Create(level, nn.functional.cross_entropy(outputs[level], truth)))]);
    }
}
