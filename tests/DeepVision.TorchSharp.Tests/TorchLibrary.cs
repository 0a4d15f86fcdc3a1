using DeepVision.Torch;

namespace DeepVision.Tests.Torch;

/// <summary>Whether TorchSharp can be used here.</summary>
internal static class TorchLibrary
{
    /// <summary>Why tests that need it cannot run; null where they can, or where they must and would fail.</summary>
    internal static string? ReasonToSkip { get; } = Find();

    private static string? Find()
    {
        try
        {
            TorchRuntime.Initialize();
            return null;
        }
        catch (DllNotFoundException exception) when (Environment.GetEnvironmentVariable("DEEPVISION_REQUIRE_TORCHSHARP") != "1")
        {
            return exception.Message;
        }
    }
}
