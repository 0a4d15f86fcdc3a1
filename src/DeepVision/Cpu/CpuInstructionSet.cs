namespace DeepVision.Cpu;

/// <summary>Which instructions the CPU engine computes with. Results of different sets differ by rounding only.</summary>
public enum CpuInstructionSet
{
    /// <summary>The widest set of the machine; <see cref="Scalar"/> where vectors are not accelerated.</summary>
    Auto,

    /// <summary>512-bit vectors with fused multiply-add: AVX-512 F, BW, DQ and VL.</summary>
    Avx512,

    /// <summary>256-bit vectors with fused multiply-add: AVX2 and FMA.</summary>
    Avx2,

    /// <summary>128-bit vectors, on every machine: SSE or NEON, and plain loops without either.</summary>
    Vector128,

    /// <summary>Plain loops that sum in double precision: the reference that the others are tested against. Slow.</summary>
    Scalar,
}
