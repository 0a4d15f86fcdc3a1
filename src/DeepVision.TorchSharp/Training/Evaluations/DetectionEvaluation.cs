using DeepVision.Components;
using DeepVision.Metrics;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Evaluations;

/// <summary>COCO's average precision of a detector, in the pixels of the images as given.</summary>
public sealed class DetectionEvaluation : ITrainingEvaluation
{
    private readonly ITrainingData<DetectionExample> _data;
    private readonly DetectionTask _task;
    private readonly ImagePreprocessing _preprocessing;
    private readonly int _batchSize;

    /// <summary>Creates the evaluation.</summary>
    /// <param name="data">Examples that are not learnt from.</param>
    /// <param name="task">The model's task.</param>
    /// <param name="preprocessing">The model's preprocessing.</param>
    /// <param name="batchSize">Images that run together, padded to the largest; at least 1.</param>
    public DetectionEvaluation(ITrainingData<DetectionExample> data, DetectionTask task, ImagePreprocessing preprocessing, int batchSize = 8)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _data = data;
        _task = task;
        _preprocessing = preprocessing;
        _batchSize = batchSize;
    }

    /// <summary>The figure that decides. Default <see cref="DetectionFigure.AveragePrecision"/>; the other one is reported.</summary>
    public DetectionFigure Figure { get; init; }

    /// <inheritdoc/>
    public Measurement Measure(nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(module);
        var metric = new CocoAveragePrecision();
        EvaluationPass.Run(
            module,
            _data,
            _preprocessing,
            _batchSize,
            (batch, first, outputs) =>
            {
                for (int i = 0; i < batch.Examples.Length; i++)
                {
                    IReadOnlyList<ScoredBox> found = _task.Decode(outputs, i, batch.Geometries[i]);
                    metric.Add(new DetectionSample(
                        first + i,
                        batch.Sources[i].Objects,
                        [.. found.Select(box => new PredictedBox(_task.ToSource(box.Box, batch.Geometries[i]), box.ClassIndex, box.Score))]));
                }
            },
            cancellationToken);
        CocoSummary summary = metric.Evaluate();
        return Figure == DetectionFigure.AveragePrecision50
            ? new Measurement("AP50", summary.AveragePrecision50) { Others = [new("AP", summary.AveragePrecision)] }
            : new Measurement("AP", summary.AveragePrecision) { Others = [new("AP50", summary.AveragePrecision50)] };
    }
}
