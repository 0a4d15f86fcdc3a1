namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>A family of kernels that are the same but for what happens to a finished sum.</summary>
internal interface IEpilogueKernels<TVector>
    where TVector : struct
{
    /// <summary>The address of the one with an epilogue.</summary>
    nint Find<TEpilogue>()
        where TEpilogue : struct, ITileEpilogue<TVector>;
}
