namespace DeepVision.Graphs.Initialization;

/// <summary>Every element the same.</summary>
internal sealed record ConstantInitializer(float Value) : Initializer
{
    public override void Fill(Span<float> destination, string name, ulong seed) => destination.Fill(Value);
}
