namespace DeepVision.Cpu.Planning;

/// <summary>Packs a layer's weights: row-major values in, engine order out. The bias is empty where the layer has none.</summary>
internal delegate PackedWeights PackWeights(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias);

/// <summary>The weights of one layer, packed on demand and once for each way of packing.</summary>
internal abstract class LayerWeights
{
    /// <summary>The pack, made now if nobody asked for it before.</summary>
    /// <param name="packing">The way of packing; equal keys give the same pack.</param>
    /// <param name="pack">Makes it.</param>
    internal abstract PackedWeights Get(object packing, PackWeights pack);
}
