using DeepVision.Graphs;

namespace DeepVision.Zoo;

/// <summary>What a preset is built with, after its options.</summary>
internal sealed record PresetParts(int Classes, Normalization BackboneNormalization);
