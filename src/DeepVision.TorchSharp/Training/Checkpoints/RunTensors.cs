using DeepVision.Torch.Training.Optimization;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>The tensors that a run consists of, under the names that they have in its files.</summary>
internal sealed class RunTensors(nn.Module module, ParameterOptimizer optimizer, WeightAverage? average)
{
    /// <summary>The state dict.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Model => module.state_dict();

    /// <summary>What a checkpoint holds.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> All =>
    [
        .. Model.Select(entry => KeyValuePair.Create($"model.{entry.Key}", entry.Value)),
        .. (average?.Tensors ?? []).Select(entry => KeyValuePair.Create($"average.{entry.Key}", entry.Value)),
        .. optimizer.State.Select(entry => KeyValuePair.Create($"optimizer.{entry.Key}", entry.Value)),
    ];
}
