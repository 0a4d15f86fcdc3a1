using System.Diagnostics.CodeAnalysis;

namespace DeepVision.Cpu.Kernels.Vectors;

/// <summary>
/// The float32 vector instructions that kernels are written with, once for every width. Implementations are empty structs,
/// so that the JIT compiles each kernel anew for each of them and every member becomes one or a few instructions.
/// </summary>
/// <typeparam name="TVector">The register: <c>Vector512&lt;float&gt;</c>, <c>Vector256&lt;float&gt;</c>, <c>Vector128&lt;float&gt;</c>.</typeparam>
internal unsafe interface IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>Lanes of a register, which is also the number of channels in a block of the activation layout.</summary>
    static abstract int Width { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(float* destination, TVector value);

    /// <summary>Brings a line to the second-level cache if the machine can; any address is allowed.</summary>
    static abstract void Prefetch(float* address);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left * right + addend: fused where the instruction set has it, else two roundings, always the same for one set.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>One lane of <paramref name="values"/> times <paramref name="right"/>, as <see cref="MultiplyAdd"/>; one instruction on arm64.</summary>
    /// <param name="values">Where the factor is.</param>
    /// <param name="lane">Which one it is: a constant.</param>
    /// <param name="right">The other factors.</param>
    /// <param name="addend">What is added.</param>
    static abstract TVector MultiplyAddLane(TVector values, [ConstantExpected] byte lane, TVector right, TVector addend);

    /// <summary>The larger of both; NaN if either is NaN.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The smaller of both; NaN if either is NaN.</summary>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>max(value, 0); NaN stays NaN.</summary>
    static abstract TVector Relu(TVector value);

    static abstract TVector Abs(TVector value);

    static abstract TVector Sqrt(TVector value);

    /// <summary>The nearest integer, halves to even.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>value * 2^exponent for an integral exponent in [-126, 127].</summary>
    static abstract TVector ScaleByPowerOfTwo(TVector value, TVector exponent);

    /// <summary>Lane by lane: <paramref name="whenLess"/> where left is less than right, else <paramref name="otherwise"/>; NaN is not less.</summary>
    static abstract TVector SelectLess(TVector left, TVector right, TVector whenLess, TVector otherwise);

    /// <summary>Lanes of two values.</summary>
    /// <param name="first">The lanes 0 to <see cref="Width"/> - 1.</param>
    /// <param name="second">The lanes from <see cref="Width"/> on.</param>
    /// <param name="order">For each lane the one that it comes from, an integer's bits: 0 to 2 * <see cref="Width"/> - 1.</param>
    static abstract TVector Permute(TVector first, TVector second, TVector order);

    /// <summary>The bits that both have.</summary>
    static abstract TVector And(TVector left, TVector right);

    /// <summary>The bits that either has.</summary>
    static abstract TVector Or(TVector left, TVector right);
}
