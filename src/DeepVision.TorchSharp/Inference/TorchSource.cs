using TorchSharp;

namespace DeepVision.Torch.Inference;

/// <summary>Which TorchSharp this is.</summary>
internal static class TorchSource
{
    /// <summary>In words.</summary>
    internal static string Name { get; } = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";
}
