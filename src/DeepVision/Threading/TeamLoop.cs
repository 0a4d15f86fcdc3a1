using System.Runtime.ExceptionServices;

namespace DeepVision.Threading;

/// <summary>
/// Work on indices that do not depend on each other, shared by the threads of the team: whoever is free takes the next index. Unlike
/// <see cref="Parallel.For(int, int, Action{int})"/> it starts no tasks, each of which allocates, and it does not crowd out the networks
/// that other threads compute.
/// </summary>
internal sealed class TeamLoop : IParallelProgram
{
    private readonly int _count;
    private readonly Action<int> _body;
    private int _taken;
    private ExceptionDispatchInfo? _error;

    private TeamLoop(int count, Action<int> body)
    {
        _count = count;
        _body = body;
    }

    /// <summary>Calls the body for 0 to <paramref name="count"/> - 1, each once; returns when all have returned.</summary>
    /// <param name="count">How many indices.</param>
    /// <param name="threads">The most threads, the calling one included.</param>
    /// <param name="body">The work. The first exception that one throws ends the loop and is thrown here.</param>
    internal static void Run(int count, int threads, Action<int> body)
    {
        if (count <= 1 || threads <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                body(i);
            }

            return;
        }

        var loop = new TeamLoop(count, body);
        ThreadTeam.Shared.Run(loop, Math.Min(count, threads));
        loop._error?.Throw();
    }

    void IParallelProgram.Work(int worker)
    {
        try
        {
            for (int index = Next(); index < _count && _error is null; index = Next())
            {
                _body(index);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private int Next() => Interlocked.Increment(ref _taken) - 1;
}
