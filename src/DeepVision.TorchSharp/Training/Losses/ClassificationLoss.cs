using DeepVision.Heads;
using DeepVision.Torch.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Losses;

/// <summary>The mean cross-entropy of a batch, as PyTorch's <c>cross_entropy</c>.</summary>
public sealed class ClassificationLoss : ITrainingLoss<ClassificationExample>
{
    private readonly ClassificationLossOptions _options;
    private readonly int _classes;

    /// <summary>Creates the loss.</summary>
    /// <param name="task">The model's task, for the number of classes.</param>
    /// <param name="options">Label smoothing and temperature; null for the defaults.</param>
    public ClassificationLoss(ClassificationTask task, ClassificationLossOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        _classes = task.Labels.Count;
        _options = options ?? new ClassificationLossOptions();
    }

    /// <inheritdoc/>
    public string Describe() => $"{nameof(ClassificationLoss)}: {_options}";

    /// <inheritdoc/>
    public LossValues Compute(IReadOnlyDictionary<string, Tensor> outputs, TrainingBatch<ClassificationExample> batch)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(batch);
        Tensor logits = outputs[ClassificationTask.LogitsOutput];
        var classes = new long[batch.Examples.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            int index = batch.Examples[i].ClassIndex;
            classes[i] = index < _classes
                ? index
                : throw new ArgumentException($"Example {i} of the batch is of class {index}; the model has {_classes} classes.", nameof(batch));
        }

        using Tensor truth = tensor(classes, device: logits.device);
        using Tensor? scaled = _options.Temperature == 1 ? null : logits / _options.Temperature;
        return new LossValues(
            "cross_entropy", nn.functional.cross_entropy(scaled ?? logits, truth, label_smoothing: _options.LabelSmoothing));
    }
}
