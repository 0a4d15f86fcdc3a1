using DeepVision.Heads;
using DeepVision.Metrics;
using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Evaluations;

/// <summary>How often a classifier is right: <c>top1</c> decides, <c>top5</c> is reported where there are more than five classes.</summary>
public sealed class ClassificationEvaluation : ITrainingEvaluation
{
    private readonly ITrainingData<ClassificationExample> _data;
    private readonly ImagePreprocessing _preprocessing;
    private readonly int _classes;
    private readonly int _batchSize;

    /// <summary>Creates the evaluation.</summary>
    /// <param name="data">Examples that are not learnt from.</param>
    /// <param name="task">The model's task.</param>
    /// <param name="preprocessing">The model's preprocessing.</param>
    /// <param name="batchSize">Images that run together; at least 1.</param>
    public ClassificationEvaluation(
        ITrainingData<ClassificationExample> data, ClassificationTask task, ImagePreprocessing preprocessing, int batchSize = 50)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _data = data;
        _classes = task.Labels.Count;
        _preprocessing = preprocessing;
        _batchSize = batchSize;
    }

    /// <inheritdoc/>
    public Measurement Measure(nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(module);
        var accuracy = new TopKAccuracy(_classes);
        EvaluationPass.Run(
            module,
            _data,
            _preprocessing,
            _batchSize,
            (batch, _, outputs) =>
            {
                ReadOnlySpan<float> logits = outputs[ClassificationTask.LogitsOutput].Values;
                for (int i = 0; i < batch.Examples.Length; i++)
                {
                    accuracy.Add(logits.Slice(i * _classes, _classes), batch.Examples[i].ClassIndex);
                }
            },
            cancellationToken);
        return new Measurement("top1", accuracy.Top1) { Others = _classes > 5 ? [new("top5", accuracy.Top5)] : [] };
    }
}
