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
}
