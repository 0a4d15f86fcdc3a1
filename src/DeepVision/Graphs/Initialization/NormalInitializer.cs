using DeepVision.Tensors;

namespace DeepVision.Graphs.Initialization;

/// <summary>Normal around 0, by the Box-Muller transform.</summary>
internal sealed record NormalInitializer(float Deviation) : Initializer
{
    public override void Fill(Span<float> destination, string name, ulong seed)
    {
        var random = new CounterRandom(name, seed);
        for (int i = 0; i < destination.Length; i += 2)
        {
            // 1 - u lies in (0, 1], so the logarithm is finite.
            double radius = Deviation * Math.Sqrt(-2 * Math.Log(1 - random.Uniform(i)));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.Uniform(i + 1));
            destination[i] = (float)(radius * cosine);
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = (float)(radius * sine);
            }
        }
    }
}
