using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>What the lanes of a sum are multiplied with.</summary>
internal unsafe interface IGroupInput<TVector>
    where TVector : struct
{
    /// <summary>The factors of a pixel.</summary>
    static abstract TVector Read(float* source);
}

/// <summary>Each lane has a value of its own, of its own group.</summary>
internal readonly unsafe struct ValueForEachLane<TOps, TVector> : IGroupInput<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Read(float* source) => TOps.Load(source);
}

/// <summary>All lanes belong to one group and share a value.</summary>
internal readonly unsafe struct ValueForAllLanes<TOps, TVector> : IGroupInput<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Read(float* source) => TOps.Broadcast(*source);
}
