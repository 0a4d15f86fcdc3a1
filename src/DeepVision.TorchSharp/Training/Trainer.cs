using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Losses;
using TorchSharp;

namespace DeepVision.Torch.Training;

/// <summary>
/// Trains a network: batches, loss, gradients, steps, and now and then a measurement and a checkpoint. The same seed, data and
/// options give the same losses, whether the run was interrupted or not (on the CPU with the same number of threads, and where
/// no other thread draws from libtorch's random numbers; CUDA's sums may differ in their last bits). The module is the caller's:
/// however a run ends, it is left in evaluation mode, what the run froze needs gradients as before, and no gradients are kept; a
/// run that is refused at its start touches nothing. Not thread-safe.
/// </summary>
/// <typeparam name="TExample">The kind of example.</typeparam>
public sealed class Trainer<TExample>
    where TExample : TrainingExample
{
    private readonly torch.nn.Module<torch.Tensor, IReadOnlyDictionary<string, torch.Tensor>> _module;
    private readonly ITrainingLoss<TExample> _loss;
    private readonly ImagePreprocessing _preprocessing;
    private readonly TrainerOptions _options;

    /// <summary>Prepares to train any module.</summary>
    /// <param name="module">The network; gives raw outputs by name.</param>
    /// <param name="loss">What the outputs are worth.</param>
    /// <param name="preprocessing">How an augmented image becomes the network's input.</param>
    /// <param name="options">How.</param>
    public Trainer(
        torch.nn.Module<torch.Tensor, IReadOnlyDictionary<string, torch.Tensor>> module,
        ITrainingLoss<TExample> loss,
        ImagePreprocessing preprocessing,
        TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentNullException.ThrowIfNull(options);
        _module = module;
        _loss = loss;
        _preprocessing = preprocessing;
        _options = options;
    }

    /// <summary>Prepares to train a model with its own preprocessing and its task's loss.</summary>
    /// <param name="module">The model.</param>
    /// <param name="options">How.</param>
    /// <param name="losses">Where the loss is looked up; null for <see cref="TrainingLossCatalog.Default"/>.</param>
    /// <exception cref="ArgumentException">There is no loss for the model's task with this kind of example.</exception>
    public Trainer(VisionModule module, TrainerOptions options, TrainingLossCatalog? losses = null)
        : this(
            module ?? throw new ArgumentNullException(nameof(module)),
            (losses ?? TrainingLossCatalog.Default).Create<TExample>(module.Task),
            module.Preprocessing,
            options)
    {
    }

    /// <summary>Opens a checkpoint's file; tests give one that fails.</summary>
    internal Func<string, Stream>? CreateFile { get; init; }

    /// <summary>Trains until all steps are made, nothing gets better any more, or it is canceled.</summary>
    /// <param name="data">The examples to learn from.</param>
    /// <param name="evaluation">What is measured; null for nothing.</param>
    /// <param name="cancellationToken">Ends the run after the step at hand, with a checkpoint.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="TrainingException">
    /// The checkpoint to resume is another run's; or, once the run has begun, whatever ended it: an example that cannot be read, a
    /// loss or gradient that is no finite number, a file that cannot be written, or an exception of the loss, the evaluation or a
    /// callback, which is the inner one then. It names the last good checkpoint, which stays.
    /// </exception>
    /// <exception cref="DeepVision.Weights.WeightsException">The checkpoint to resume is damaged.</exception>
    /// <exception cref="ArgumentException">
    /// There are fewer examples than a batch needs, an option names a part that is not there, or the best weights are asked for
    /// without a folder to keep them in.
    /// </exception>
    public TrainingResult Run(
        ITrainingData<TExample> data, ITrainingEvaluation? evaluation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var run = new TrainingRun<TExample>(_module, _loss, _preprocessing, _options, data, evaluation, CreateFile);
        return run.Execute(cancellationToken);
    }
}
