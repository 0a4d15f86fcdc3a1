namespace DeepVision.Torch.Inference;

/// <summary>Counts calls, so that what they use is freed when the last one has left, and none begins afterwards. Thread-safe.</summary>
/// <param name="name">What is used, for the exception.</param>
/// <param name="free">Frees it; called once.</param>
internal sealed class CallGate(string name, Action free)
{
    private readonly Lock _lock = new();
    private int _calls;
    private bool _closed;

    /// <summary>Begins a call, which ends when what it gives is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    internal Call Enter()
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new ObjectDisposedException(name);
            }

            _calls++;
        }

        return new Call(this);
    }

    /// <summary>Lets no further call in, and frees as soon as none runs. Closing again does nothing.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            if (_calls > 0)
            {
                return;
            }
        }

        free();
    }

    private void Leave()
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --_calls == 0 && _closed;
        }

        if (isLast)
        {
            free();
        }
    }

    /// <summary>A call that runs.</summary>
    internal readonly struct Call(CallGate gate) : IDisposable
    {
        /// <summary>Ends the call.</summary>
        public void Dispose() => gate.Leave();
    }
}
