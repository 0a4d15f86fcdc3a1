namespace DeepVision.Weights.Sources;

/// <summary>A stretch of a source that is read once, front to back.</summary>
internal abstract class WeightRange : IDisposable
{
    /// <summary>Fills <paramref name="destination"/> with the next bytes.</summary>
    public abstract void Read(Span<byte> destination);

    public virtual void Dispose()
    {
    }
}
