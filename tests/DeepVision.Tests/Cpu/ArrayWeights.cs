using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu;

/// <summary>A layer's weights from arrays.</summary>
internal sealed class ArrayWeights(float[] weights, float[] bias) : LayerWeights
{
    private readonly Dictionary<object, PackedWeights> _packs = [];

    internal override PackedWeights Get(object packing, PackWeights pack)
    {
        if (!_packs.TryGetValue(packing, out PackedWeights? packed))
        {
            packed = pack(weights, bias);
            _packs.Add(packing, packed);
        }

        return packed;
    }
}
