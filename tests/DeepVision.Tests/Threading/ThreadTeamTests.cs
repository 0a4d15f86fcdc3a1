using DeepVision.Cpu.Memory;
using DeepVision.Cpu.Planning;
using DeepVision.Threading;

namespace DeepVision.Tests.Threading;

public sealed class ThreadTeamTests
{
    [Fact]
    public void Run_FromManyThreads_CountsEveryItemOnce()
    {
        Parallel.For(0, 6, caller =>
        {
            for (int round = 0; round < 50; round++)
            {
                var program = new CountingProgram(200);
                ThreadTeam.Shared.Run(program, 1 + (round % 4));
                Assert.All(program.Visits, visits => Assert.Equal(1, visits));
            }
        });
    }

    [Fact]
    public void Execute_StepThatThrows_SurfacesAndTheNextRunWorks()
    {
        var step = new FailingStep();
        var plan = new Plan
        {
            InputShapes = [],
            OutputShapes = [],
            Steps = [step],
            BufferOffsets = [],
            ArenaFloats = 16,
            ScratchFloats = 16,
            Threads = 3,
        };
        using var arena = new AlignedMemory(plan.WorkingFloats);
        PlanRun run = plan.Rent();
        for (int failing = 0; failing < step.Items; failing += 7)
        {
            step.FailingItem = failing;
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => run.Execute([], [], arena));
            Assert.Equal($"item {failing}", exception.Message);
        }

        step.FailingItem = -1;
        run.Execute([], [], arena);
    }

    private sealed class CountingProgram(int items) : IParallelProgram
    {
        private int _next = -1;
        private int _done;

        public int[] Visits { get; } = new int[items];

        public void Work(int worker)
        {
            for (int item = Interlocked.Increment(ref _next); item < Visits.Length; item = Interlocked.Increment(ref _next))
            {
                Visits[item]++;
                Interlocked.Increment(ref _done);
            }

            SpinWait.SpinUntil(() => Volatile.Read(ref _done) == Visits.Length);
        }
    }

    private sealed unsafe class FailingStep() : Step("failing")
    {
        internal int FailingItem { get; set; }

        internal override int Items => 64;

        internal override string Describe() => "fails";

        internal override void Run(float** slots, float* scratch, int item)
        {
            if (item == FailingItem)
            {
                throw new InvalidOperationException($"item {item}");
            }
        }
    }
}
