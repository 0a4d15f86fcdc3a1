namespace TorchSharp;

/// <summary>
/// PyTorch's functions under TorchSharp's names: our own binding over the machine's libtorch, not the TorchSharp package. It has
/// only members that TorchSharp has, with the same signatures, and of them only those that DeepVision uses.
/// </summary>
/// <exception cref="DllNotFoundException">Thrown by everything native where the shim or libtorch is missing; the message says what to do.</exception>
public static partial class torch;
