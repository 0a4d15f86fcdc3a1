using DeepVision.Weights.Pickles;

namespace DeepVision.Weights.Containers;

/// <summary>
/// The state dict that was found in a checkpoint: its tensors and module versions under dotted keys, in file order. A tensor is a
/// <see cref="TorchTensor"/>, a <see cref="NumpyArray"/> or an <see cref="UnreadableTensor"/>.
/// </summary>
internal sealed record StateDictionary(
    string Root,
    IReadOnlyList<string> OtherRoots,
    WrapperNames Wrappers,
    OrderedDictionary<string, object> Tensors,
    OrderedDictionary<string, int> ModuleVersions);
