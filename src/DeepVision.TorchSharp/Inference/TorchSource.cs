using TorchSharp;

namespace DeepVision.Torch.Inference;

/// <summary>Which TorchSharp this is: the package, or our own binding over the machine's libtorch.</summary>
internal static class TorchSource
{
    /// <summary>In words.</summary>
    internal static string Name { get; } = typeof(torch).Assembly.GetName() is { Name: "TorchSharp" } package
        ? $"TorchSharp package {package.Version?.ToString(3)}"
        : "own binding over libtorch, not the TorchSharp package";
}
