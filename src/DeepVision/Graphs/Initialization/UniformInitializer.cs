namespace DeepVision.Graphs.Initialization;

/// <summary>Uniform in [-Bound, Bound).</summary>
internal sealed record UniformInitializer(float Bound) : Initializer
{
    public override void Fill(Span<float> destination, string name, ulong seed)
    {
        var random = new CounterRandom(name, seed);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)(((2 * random.Uniform(i)) - 1) * Bound);
        }
    }
}
