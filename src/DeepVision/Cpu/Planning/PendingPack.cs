using DeepVision.Graphs;

namespace DeepVision.Cpu.Planning;

/// <summary>A pack that has its memory but not yet its content.</summary>
/// <param name="Target">Where it goes.</param>
/// <param name="Packing">Its order.</param>
/// <param name="Weight">The weights: a row for each output channel.</param>
/// <param name="Bias">One value for each output channel, or null for zeros.</param>
internal sealed record PendingPack(PackedWeights Target, IWeightPacking Packing, Parameter Weight, Parameter? Bias);
