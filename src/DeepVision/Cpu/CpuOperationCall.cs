using DeepVision.Cpu.Planning;
using DeepVision.Tensors;

namespace DeepVision.Cpu;

/// <summary>What one call of a <see cref="CpuOperation"/> reads and writes: plain tensors, row-major, as their shapes say.</summary>
public readonly unsafe ref struct CpuOperationCall
{
    private readonly float** _slots;
    private readonly OpaqueStep _step;

    internal CpuOperationCall(float** slots, OpaqueStep step)
    {
        _slots = slots;
        _step = step;
    }

    /// <summary>How many inputs there are.</summary>
    public int InputCount => _step.Inputs.Length;

    /// <summary>Whether an output is asked for: a network need not have all that an operation can give.</summary>
    /// <param name="index">The output's index, as the nodes' <c>OutputIndex</c> says it.</param>
    public bool HasOutput(int index) => _step.PlaceOf(index) >= 0;

    /// <summary>An output's shape.</summary>
    /// <param name="index">The output's index; default the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The output is not asked for.</exception>
    public TensorShape OutputShape(int index = 0) => _step.OutputShapes[PlaceOf(index)];

    /// <summary>All values of an output, with anything in them; those of this item are to be written.</summary>
    /// <param name="index">The output's index; default the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The output is not asked for.</exception>
    public Span<float> Output(int index = 0)
    {
        int place = PlaceOf(index);
        return new(_step.Outputs[place].Resolve(_slots), checked((int)_step.OutputShapes[place].ElementCount));
    }

    /// <summary>An input's shape.</summary>
    /// <param name="index">0 up to <see cref="InputCount"/>.</param>
    public TensorShape InputShape(int index) => _step.InputShapes[index];

    /// <summary>All values of an input.</summary>
    /// <param name="index">0 up to <see cref="InputCount"/>.</param>
    public ReadOnlySpan<float> Input(int index) =>
        new(_step.Inputs[index].Resolve(_slots), checked((int)_step.InputShapes[index].ElementCount));

    private int PlaceOf(int index) => _step.PlaceOf(index) is >= 0 and int place
        ? place
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The network does not ask for this output; see {nameof(HasOutput)}.");
}
