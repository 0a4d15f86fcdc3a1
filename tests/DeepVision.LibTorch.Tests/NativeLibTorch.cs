namespace DeepVision.LibTorch.Tests;

/// <summary>Whether libtorch can be used here.</summary>
internal static class NativeLibTorch
{
    /// <summary>Why tests that need libtorch cannot run; null where they can, or where they must and would fail.</summary>
    public static string? ReasonToSkip { get; } =
        Problem is { } problem && Environment.GetEnvironmentVariable("DEEPVISION_REQUIRE_LIBTORCH") != "1" ? "needs libtorch: " + problem : null;

    /// <summary>Whether these tests run against the TorchSharp package instead of the binding.</summary>
#if DEPENDENCIES_NUGET
    public const bool IsPackage = true;

    private static string? Problem
    {
        get
        {
            try
            {
                using TorchSharp.torch.Tensor one = TorchSharp.torch.ones(1);
                return null;
            }
            catch (Exception exception)
            {
                return (exception.InnerException ?? exception).Message;
            }
        }
    }
#else
    public const bool IsPackage = false;

    private static string? Problem => TorchSharp.Interop.NativeShim.Problem;
#endif
}
