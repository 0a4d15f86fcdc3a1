using TorchSharp.Interop;

namespace DeepVision.LibTorch.Tests;

/// <summary>Whether the shim and libtorch can be used here.</summary>
internal static class NativeLibTorch
{
    /// <summary>Why tests that need libtorch cannot run; null where they can, or where they must and would fail.</summary>
    public static string? ReasonToSkip { get; } =
        NativeShim.IsAvailable || Environment.GetEnvironmentVariable("DEEPVISION_REQUIRE_LIBTORCH") == "1" ? null : "needs libtorch: " + NativeShim.Problem;
}
