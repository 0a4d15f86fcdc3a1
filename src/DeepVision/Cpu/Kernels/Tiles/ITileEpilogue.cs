using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>What happens to a finished sum before it is stored.</summary>
internal unsafe interface ITileEpilogue<TVector>
    where TVector : struct
{
    /// <summary>Whether <see cref="Apply"/> reads the residual.</summary>
    static abstract bool ReadsResidual { get; }

    static abstract TVector Apply(TVector sum, float* residual);
}

/// <summary>The sum as it is.</summary>
internal readonly unsafe struct Plain<TOps, TVector> : ITileEpilogue<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static bool ReadsResidual => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector sum, float* residual) => sum;
}

/// <summary>ReLU of the sum.</summary>
internal readonly unsafe struct Rectify<TOps, TVector> : ITileEpilogue<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static bool ReadsResidual => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector sum, float* residual) => TOps.Relu(sum);
}

/// <summary>The sum plus the residual.</summary>
internal readonly unsafe struct AddResidual<TOps, TVector> : ITileEpilogue<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static bool ReadsResidual => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector sum, float* residual) => TOps.Add(sum, TOps.Load(residual));
}

/// <summary>ReLU of the sum plus the residual.</summary>
internal readonly unsafe struct AddResidualRectify<TOps, TVector> : ITileEpilogue<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static bool ReadsResidual => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector sum, float* residual) => TOps.Relu(TOps.Add(sum, TOps.Load(residual)));
}

/// <summary>ReLU6 of the sum.</summary>
internal readonly unsafe struct RectifySix<TOps, TVector> : ITileEpilogue<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static bool ReadsResidual => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector sum, float* residual) => TOps.Min(TOps.Relu(sum), TOps.Broadcast(6f));
}

/// <summary>ReLU6 of the sum plus the residual.</summary>
internal readonly unsafe struct AddResidualRectifySix<TOps, TVector> : ITileEpilogue<TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static bool ReadsResidual => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector sum, float* residual) =>
        TOps.Min(TOps.Relu(TOps.Add(sum, TOps.Load(residual))), TOps.Broadcast(6f));
}
