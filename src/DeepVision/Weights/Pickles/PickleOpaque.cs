namespace DeepVision.Weights.Pickles;

/// <summary>A value that is recognised as harmless and carried along, but never looked into.</summary>
internal sealed class PickleOpaque
{
    public static readonly PickleOpaque Instance = new();
}
