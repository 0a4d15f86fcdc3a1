using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>Which activations are done while sums are still in registers.</summary>
internal static class TileEpilogues
{
    /// <summary>Whether an activation needs no pass of its own.</summary>
    internal static bool Includes(ActivationKind kind) => kind is ActivationKind.Identity or ActivationKind.Relu or ActivationKind.Relu6;

    /// <summary>The epilogue of an activation, as far as there is one.</summary>
    internal static TileEpilogue Of(ActivationKind kind) => kind switch
    {
        ActivationKind.Relu => TileEpilogue.Rectify,
        ActivationKind.Relu6 => TileEpilogue.RectifySix,
        _ => TileEpilogue.Plain,
    };

    /// <summary>What a family of kernels has for an epilogue: the one place that knows which type stands for which.</summary>
    internal static nint Find<TOps, TVector, TKernels>(TileEpilogue epilogue, TKernels kernels)
        where TOps : struct, IVectorOps<TVector>
        where TVector : struct
        where TKernels : struct, IEpilogueKernels<TVector> => epilogue switch
        {
            TileEpilogue.Plain => kernels.Find<Plain<TOps, TVector>>(),
            TileEpilogue.Rectify => kernels.Find<Rectify<TOps, TVector>>(),
            TileEpilogue.RectifySix => kernels.Find<RectifySix<TOps, TVector>>(),
            TileEpilogue.AddResidual => kernels.Find<AddResidual<TOps, TVector>>(),
            TileEpilogue.AddResidual | TileEpilogue.Rectify => kernels.Find<AddResidualRectify<TOps, TVector>>(),
            TileEpilogue.AddResidual | TileEpilogue.RectifySix => kernels.Find<AddResidualRectifySix<TOps, TVector>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(epilogue), epilogue, "No such epilogue."),
        };
}
