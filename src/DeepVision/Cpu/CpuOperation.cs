using DeepVision.Tensors;

namespace DeepVision.Cpu;

/// <summary>
/// Runs an operation of your own on the CPU engine: give it to an <c>OpaqueOperation</c> among its implementations. It must be
/// thread-safe and a function of its inputs alone; what it writes must not depend on the number of items.
/// </summary>
public abstract class CpuOperation
{
    /// <summary>
    /// Into how many items a run is cut, which run in any order and on any threads; a run of one item has one thread. Default 1.
    /// </summary>
    /// <param name="inputs">The inputs' shapes.</param>
    /// <param name="output">The shape of the first output that is asked for.</param>
    public virtual int CountItems(IReadOnlyList<TensorShape> inputs, TensorShape output) => 1;

    /// <summary>Does one item, for all outputs that are asked for.</summary>
    /// <param name="call">What to read and where to write.</param>
    /// <param name="item">0 up to the number of items.</param>
    public abstract void Run(in CpuOperationCall call, int item);
}
