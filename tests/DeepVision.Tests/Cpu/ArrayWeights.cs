using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu;

/// <summary>A layer's weights from arrays.</summary>
internal sealed class ArrayWeights(float[] weights, float[] bias) : LayerWeights
{
    private readonly Dictionary<IWeightPacking, PackedWeights> _packs = [];

    internal override PackedWeights Get(IWeightPacking packing)
    {
        if (!_packs.TryGetValue(packing, out PackedWeights? packed))
        {
            packed = Pack(packing, weights, bias);
            _packs.Add(packing, packed);
        }

        return packed;
    }

    /// <summary>All parts, from memory that held something else.</summary>
    internal static unsafe PackedWeights Pack(IWeightPacking packing, float[] weights, float[] bias)
    {
        PackedWeights packed = PackedWeights.For(packing);
        new Span<float>(packed.Weights, (int)packing.WeightFloats).Fill(float.NaN);
        fixed (float* rows = weights)
        {
            for (int part = 0; part < packing.Parts; part++)
            {
                packing.PackPart(part, rows + (packing.FirstRow(part) * packing.RowFloats), packed.Weights);
            }
        }

        if (bias.Length > 0)
        {
            packing.PackBias(bias, packed.BiasOf(packing));
        }

        return packed;
    }
}
