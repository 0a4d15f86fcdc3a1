namespace DeepVision.Threading;

/// <summary>
/// The helper threads of this process, shared by all compiled models. The thread that calls <see cref="Run"/> always works
/// itself; helpers are lent to it only while fewer threads compute than there are processors (or than the run asks for, if
/// that is more), so concurrent runs do not crowd each other out. A run never waits for a helper that has not begun.
/// Lending allocates nothing once the threads exist.
/// </summary>
internal sealed class ThreadTeam
{
    private const int MaxWorkers = 1024;
    private readonly Lock _gate = new();
    private TeamWorker? _idle;
    private int _created;
    private int _computing;

    private ThreadTeam()
    {
    }

    internal static ThreadTeam Shared { get; } = new();

    /// <summary>Runs a program on the calling thread and up to <paramref name="threads"/> - 1 helpers; returns when all have left it.</summary>
    internal void Run(IParallelProgram program, int threads)
    {
        TeamWorker? helpers = Borrow(threads, out int borrowed);
        int index = 1;
        for (TeamWorker? helper = helpers; helper != null; helper = helper.Next)
        {
            helper.Start(program, index++);
        }

        program.Work(0);
        for (TeamWorker? helper = helpers; helper != null; helper = helper.Next)
        {
            helper.WaitUntilIdle();
        }

        Return(helpers, borrowed);
    }

    private TeamWorker? Borrow(int threads, out int borrowed)
    {
        TeamWorker? list = null;
        borrowed = 0;
        lock (_gate)
        {
            _computing++;
            int free = Math.Max(Environment.ProcessorCount, threads) - _computing;
            while (borrowed < Math.Min(threads - 1, free))
            {
                TeamWorker? worker = _idle;
                if (worker != null)
                {
                    _idle = worker.Next;
                }
                else if (_created < MaxWorkers)
                {
                    worker = new TeamWorker(++_created);
                }
                else
                {
                    break;
                }

                worker.Next = list;
                list = worker;
                borrowed++;
            }

            _computing += borrowed;
        }

        return list;
    }

    private void Return(TeamWorker? helpers, int borrowed)
    {
        lock (_gate)
        {
            while (helpers != null)
            {
                TeamWorker worker = helpers;
                helpers = worker.Next;
                worker.Next = _idle;
                _idle = worker;
            }

            _computing -= borrowed + 1;
        }
    }
}
