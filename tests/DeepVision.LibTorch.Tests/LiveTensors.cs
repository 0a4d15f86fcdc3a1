using TorchSharp.Interop;

namespace DeepVision.LibTorch.Tests;

/// <summary>The native tensors that a piece of code leaves behind.</summary>
internal static class LiveTensors
{
    public static long Now
    {
        get
        {
            // What earlier tests left to the finaliser does not count.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Native.LiveTensors;
        }
    }

    /// <summary>Counts without waiting for the finaliser: what only it would free is a leak.</summary>
    public static long LeftBy(Action action)
    {
        var before = Now;
        action();
        return Native.LiveTensors - before;
    }
}
