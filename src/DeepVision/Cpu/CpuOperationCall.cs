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

    /// <summary>The output's shape.</summary>
    public TensorShape OutputShape => _step.OutputShape;

    /// <summary>Which of the operation's outputs is asked for.</summary>
    public int OutputIndex => _step.OutputIndex;

    /// <summary>All values of the output, with anything in them; those of this item are to be written.</summary>
    public Span<float> Output => new(_step.Output.Resolve(_slots), checked((int)_step.OutputShape.ElementCount));

    /// <summary>An input's shape.</summary>
    /// <param name="index">0 up to <see cref="InputCount"/>.</param>
    public TensorShape InputShape(int index) => _step.InputShapes[index];

    /// <summary>All values of an input.</summary>
    /// <param name="index">0 up to <see cref="InputCount"/>.</param>
    public ReadOnlySpan<float> Input(int index) =>
        new(_step.Inputs[index].Resolve(_slots), checked((int)_step.InputShapes[index].ElementCount));
}
