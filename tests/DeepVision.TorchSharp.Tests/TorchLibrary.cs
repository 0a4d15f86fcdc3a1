using TorchSharp;

namespace DeepVision.Tests.Torch;

/// <summary>Whether a libtorch can be used here.</summary>
internal static class TorchLibrary
{
    /// <summary>Why tests that need libtorch cannot run; null where they can, or where they must and would fail.</summary>
    internal static string? ReasonToSkip { get; } = Find();

    private static string? Find()
    {
        try
        {
            using torch.Tensor one = torch.ones(1);
            return null;
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("DEEPVISION_REQUIRE_LIBTORCH") != "1")
        {
            Exception cause = exception;
            while (cause is TypeInitializationException { InnerException: { } inner })
            {
                cause = inner;
            }

            return $"needs libtorch: {cause.Message}";
        }
    }
}
