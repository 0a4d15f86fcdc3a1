using TorchSharp;

namespace DeepVision.Torch.Training.Evaluations;

/// <summary>Measures a network now and then while it is trained.</summary>
public interface ITrainingEvaluation
{
    /// <summary>Measures a network.</summary>
    /// <param name="module">The network in evaluation mode; gives raw outputs by name. No gradients are kept.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    Measurement Measure(torch.nn.Module<torch.Tensor, IReadOnlyDictionary<string, torch.Tensor>> module, CancellationToken cancellationToken);
}
