using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.FashionScenes.Training;

/// <summary>The share of crops whose article each level names rightly; C4 decides.</summary>
internal sealed class ArticleNamerEvaluation(ITrainingData<ClassificationExample> data, ImagePreprocessing preprocessing) : ITrainingEvaluation
{
    private const int Batch = 100;

    public Measurement Measure(nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module, CancellationToken cancellationToken)
    {
        var options = new LoaderOptions { BatchSize = Batch, Order = ExampleOrder.Sequential, Workers = 1 };
        using var loader = new TrainingLoader<ClassificationExample>(data, preprocessing, options);
        long[] right = new long[ArticleNamer.Levels.Length];
        for (int i = 0; i < loader.BatchesPerEpoch; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            using TrainingBatch<ClassificationExample> batch = loader.Next(cancellationToken);
            IReadOnlyDictionary<string, Tensor> outputs = module.call(batch.Images);
            using Tensor truth = tensor(batch.Examples.Select(example => (long)example.ClassIndex).ToArray());
            for (int level = 0; level < right.Length; level++)
            {
                right[level] += outputs[ArticleNamer.Levels[level]].argmax(1).eq(truth).sum().item<long>();
            }
        }

        double all = (double)loader.BatchesPerEpoch * Batch;
        return new Measurement("C4", right[1] / all) { Others = [new("C3", right[0] / all), new("C5", right[2] / all)] };
    }
}
