namespace DeepVision.Threading;

/// <summary>One helper thread: waits for a program, takes part in it, waits again. It spins for a moment, then sleeps.</summary>
internal sealed class TeamWorker
{
    private const int Idle = 0;
    private const int Asleep = 1;
    private const int Busy = 2;

    // Some microseconds: enough to bridge runs in a tight loop, too little to take a processor from others.
    private const int SpinsBeforeSleep = 400;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private IParallelProgram? _program;
    private int _index;
    private int _state;

    internal TeamWorker(int number)
    {
        var thread = new Thread(Loop) { IsBackground = true, Name = $"DeepVision worker {number}" };
        thread.Start();
    }

    /// <summary>The next worker in the list that this one is in: the idle ones, or those of one run.</summary>
    internal TeamWorker? Next { get; set; }

    internal void Start(IParallelProgram program, int index)
    {
        _program = program;
        _index = index;
        if (Interlocked.Exchange(ref _state, Busy) == Asleep)
        {
            _wake.Set();
        }
    }

    internal void WaitUntilIdle()
    {
        var backoff = default(Backoff);
        while (Volatile.Read(ref _state) == Busy)
        {
            backoff.Wait();
        }
    }

    private void Loop()
    {
        while (true)
        {
            for (int spin = 0; spin < SpinsBeforeSleep && Volatile.Read(ref _state) != Busy; spin++)
            {
                Thread.SpinWait(8);
            }

            if (Interlocked.CompareExchange(ref _state, Asleep, Idle) == Idle)
            {
                _wake.WaitOne();
            }

            _program!.Work(_index);
            _program = null;
            Volatile.Write(ref _state, Idle);
        }
    }
}
