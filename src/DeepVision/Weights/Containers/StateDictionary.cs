using DeepVision.Weights.Pickles;

namespace DeepVision.Weights.Containers;

/// <summary>The state dict that was found in a checkpoint: its tensors and module versions under dotted keys, in file order.</summary>
internal sealed record StateDictionary(
    string Root,
    IReadOnlyList<string> OtherRoots,
    string RemovedPrefix,
    OrderedDictionary<string, TorchTensor> Tensors,
    OrderedDictionary<string, int> ModuleVersions);
