using DeepVision.Graphs;

namespace DeepVision.Cpu.Planning;

/// <summary>One channel of a value.</summary>
internal readonly record struct ValueChannel(GraphValue Value, int Channel);
