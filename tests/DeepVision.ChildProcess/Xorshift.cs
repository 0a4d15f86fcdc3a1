namespace DeepVision.ChildProcess;

/// <summary>Marsaglia's xorshift64: the same mutations on every machine and runtime.</summary>
internal sealed class Xorshift(ulong seed)
{
    private ulong _state = seed;

    public int Next(int exclusiveMaximum)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)(_state % (ulong)exclusiveMaximum);
    }
}
