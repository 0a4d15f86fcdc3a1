namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>What <see cref="Binary{TOps, TVector}"/> does with two values.</summary>
internal enum BinaryOperation
{
    /// <summary>left + right.</summary>
    Add,

    /// <summary>left * right.</summary>
    Multiply,
}
