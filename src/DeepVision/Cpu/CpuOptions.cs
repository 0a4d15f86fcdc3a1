using DeepVision.Tensors;

namespace DeepVision.Cpu;

/// <summary>How a graph is compiled for the CPU.</summary>
public sealed record CpuOptions
{
    /// <summary>The most threads that a run can be given.</summary>
    public const int MaxThreads = 1024;

    /// <summary>
    /// How many threads a run uses at most, the calling one included. 0, the default, means one for each processor.
    /// Results do not depend on it.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>The instructions to compute with. Default the widest set of the machine.</summary>
    public CpuInstructionSet InstructionSet { get; init; }

    /// <summary>
    /// Whether every convolution is summed directly. Default false: convolutions of 3 x 3 may use Winograd's algorithms, which
    /// need two to four times fewer multiplications and differ by some 1e-6 of the largest value. It also has files read for the
    /// model decoded in full; see <see cref="DeepVision.Prediction.CompiledModel.AllowsReducedDecoding"/>.
    /// </summary>
    public bool ExactMath { get; init; }

    /// <summary>
    /// The height and width of images that algorithms are chosen for. Default: the only size that the model takes, or else what its preprocessing makes of an
    /// image of 640 x 480, rounded up to multiples of 32. Images of other sizes run with the same algorithms.
    /// </summary>
    public Size2D? TypicalImage { get; init; }

    /// <summary>
    /// The algorithms of the convolutions as they were timed by <see cref="CpuModelExtensions.TuneForCpu"/>, in place of the cost
    /// model's. Default none. It has to be made for the same layers and the same instruction set, and excludes <see cref="ExactMath"/>.
    /// </summary>
    public CpuTuning? Tuning { get; init; }

    /// <summary>The most bytes that packed weights may take. Default no limit.</summary>
    public long PackBudgetBytes { get; init; } = long.MaxValue;

    /// <summary>
    /// The most bytes that the activations and the scratch memory of one run may take; a larger input is refused before
    /// anything is allocated. Default 4 GiB.
    /// </summary>
    public long MaxActivationBytes { get; init; } = 4L << 30;

    /// <summary>How many input shapes stay planned; the one not used for longest goes first. Default 16.</summary>
    public int PlanCacheSize { get; init; } = 16;
}
