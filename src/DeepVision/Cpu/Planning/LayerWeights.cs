namespace DeepVision.Cpu.Planning;

/// <summary>The weights of one layer, packed once for each way of packing.</summary>
internal abstract class LayerWeights
{
    /// <summary>The pack. Where nobody asked for it before it may be filled later, but before the first run.</summary>
    /// <param name="packing">The way of packing; equal ones give the same pack.</param>
    internal abstract PackedWeights Get(IWeightPacking packing);
}
