namespace DeepVision.Threading;

/// <summary>Waiting for another thread that is expected soon: spins first, then gives the processor away between looks.</summary>
internal struct Backoff
{
    private const int Spins = 2000;
    private int _count;

    internal void Wait()
    {
        if (_count < Spins)
        {
            _count++;
            Thread.SpinWait(4);
        }
        else
        {
            Thread.Yield();
        }
    }
}
