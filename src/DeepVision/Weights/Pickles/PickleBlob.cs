using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Pickles;

/// <summary>A long byte string that stays in the file until it is asked for.</summary>
/// <param name="Source">The pickle.</param>
/// <param name="Offset">Where in it the bytes start.</param>
/// <param name="Length">How many there are.</param>
internal sealed record PickleBlob(WeightSource Source, long Offset, long Length);
