using TorchSharp;

namespace DeepVision.LibTorch.Tests;

/// <summary>The native tensors that a piece of code leaves behind.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are. The package does not count native handles, but the tensors that hold them.</summary>
    public static long Count =>
#if DEPENDENCIES_NUGET
        torch.Tensor.TotalCount;
#else
        TorchSharp.Interop.Native.LiveTensors;
#endif

    public static long Now
    {
        get
        {
            // What earlier tests left to the finaliser does not count.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Count;
        }
    }

    /// <summary>Counts without waiting for the finaliser: what only it would free is a leak.</summary>
    public static long LeftBy(Action action)
    {
        var before = Now;
        action();
        return Count - before;
    }
}
