using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Losses;

/// <summary>
/// RetinaNet's loss, as torchvision 0.14 computes it: the sigmoid focal loss over all anchors that count, and the box loss over
/// those with an object; each is divided by the image's number of anchors with an object, at least 1, and averaged over
/// the images. Parts: <c>classification</c> and <c>bbox_regression</c>.
/// </summary>
public sealed class RetinaNetLoss : ITrainingLoss<DetectionExample>
{
    private readonly RetinaNetTask _task;
    private readonly RetinaNetLossOptions _options;
    private readonly RetinaNetAssignment _assignment;
    private readonly int _classes;
    private string? _anchorsFor;
    private Box[] _anchors = [];

    /// <summary>Creates the loss.</summary>
    /// <param name="task">The model's task, with its anchors and levels.</param>
    /// <param name="options">Matching, focal loss and box loss; null for the defaults.</param>
    public RetinaNetLoss(RetinaNetTask task, RetinaNetLossOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        _task = task;
        _options = options ?? new RetinaNetLossOptions();
        _classes = task.Decoder.Classes;
        _assignment = new RetinaNetAssignment(new AnchorMatcher(_options.Matching), _classes);
    }

    /// <inheritdoc/>
    public string Describe() => $"{nameof(RetinaNetLoss)}: {_options}";

    /// <inheritdoc/>
    public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<DetectionExample> batch)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        Tensor[] logits = [.. _task.Levels.Select(level => outputs[RetinaNetTask.LogitsOutput(level)])];
        Tensor[] deltas = [.. _task.Levels.Select(level => outputs[RetinaNetTask.DeltasOutput(level)])];
        RetinaNetTargets targets = _assignment.Assign(AnchorsOf(logits, batch.Size), batch.Examples);
        Tensor classification = Classification(Rows(logits, _classes), targets);
        Tensor boxes = Boxes(Rows(deltas, 4), targets);
        var values = new LossValues([new("classification", classification), new("bbox_regression", boxes)]);
        classification.MoveToOuterDisposeScope();
        boxes.MoveToOuterDisposeScope();
        values.Total.MoveToOuterDisposeScope();
        return values;
    }

    private Tensor Classification(Tensor logits, RetinaNetTargets targets)
    {
        Device device = logits.device;
        return FocalLoss.Sum(
            logits,
            tensor(targets.RowWeights, [targets.RowWeights.Length, 1], device: device),
            tensor(targets.ForegroundLogits, device: device),
            tensor(targets.ForegroundWeights, device: device),
            _options.FocalAlpha,
            _options.FocalGamma);
    }

    private Tensor Boxes(Tensor deltas, RetinaNetTargets targets)
    {
        // Without an object the loss is 0, with a gradient of zeros.
        Tensor loss = targets.Anchors.Length == 0
            ? deltas.sum() * 0
            : BoxLosses.Sum(
                deltas.index_select(0, tensor(targets.ForegroundRows, device: deltas.device)), targets, _task.Decoder.Options.BoxCoder, _options);
        return _options.BoxWeight == 1 ? loss : loss * _options.BoxWeight;
    }

    // (N, A * width, H, W) of each level -> (N * H * W * A of all levels, width): image, level, row, column, anchor.
    private static Tensor Rows(Tensor[] levels, int width)
    {
        long images = levels[0].shape[0];
        return cat(
            [
                .. levels.Select(level => level.view(images, level.shape[1] / width, width, level.shape[2], level.shape[3])
                    .permute(0, 3, 4, 1, 2).reshape(images, -1, width)),
            ],
            1).view(-1, width);
    }

    private Box[] AnchorsOf(Tensor[] logits, SpatialSize padded)
    {
        string key = $"{padded}: {string.Join(", ", logits.Select(level => $"{level.shape[2]} x {level.shape[3]}"))}";
        if (key != _anchorsFor)
        {
            var anchors = new List<Box>();
            for (int i = 0; i < logits.Length; i++)
            {
                var map = new SpatialSize((int)logits[i].shape[2], (int)logits[i].shape[3]);
                var grid = new AnchorGrid(_task.Decoder.Anchors.Levels[i], map, padded);
                anchors.AddRange(Enumerable.Range(0, grid.Count).Select(index => grid[index]));
            }

            _anchors = [.. anchors];
            _anchorsFor = key;
        }

        return _anchors;
    }
}
