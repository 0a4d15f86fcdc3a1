using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>An outsider's operation, on plain tensors: one call for all of its outputs.</summary>
internal sealed unsafe class OpaqueStep : Step
{
    private readonly CpuOperation _operation;
    private readonly string _kind;
    private readonly int[] _indices;

    /// <param name="name">The first node's name.</param>
    /// <param name="nodes">The nodes of the call, one for each output.</param>
    /// <param name="operation">What runs them.</param>
    /// <param name="inputs">What all of them read.</param>
    /// <param name="inputShapes">Its shapes.</param>
    /// <param name="outputs">What each node gives.</param>
    /// <param name="outputShapes">Its shapes.</param>
    internal OpaqueStep(
        string name,
        IReadOnlyList<OpaqueOperation> nodes,
        CpuOperation operation,
        TensorView[] inputs,
        TensorShape[] inputShapes,
        TensorView[] outputs,
        TensorShape[] outputShapes)
        : base(name)
    {
        _operation = operation;
        _kind = nodes[0].Kind;
        _indices = [.. nodes.Select(node => node.OutputIndex)];
        Inputs = inputs;
        InputShapes = inputShapes;
        Outputs = outputs;
        OutputShapes = outputShapes;
        Items = operation.CountItems(inputShapes, outputShapes[0]);
        if (Items < 1)
        {
            throw new ModelBuildException($"Node '{name}' ({nodes[0].Describe()}): its implementation wants {Items} items; expected at least 1.") { Component = name };
        }
    }

    internal override int Items { get; }

    internal TensorView[] Inputs { get; }

    internal TensorShape[] InputShapes { get; }

    internal TensorView[] Outputs { get; }

    internal TensorShape[] OutputShapes { get; }

    /// <summary>Where an output of the operation stands among <see cref="Outputs"/>; -1 where no node gives it.</summary>
    internal int PlaceOf(int outputIndex) => Array.IndexOf(_indices, outputIndex);

    internal override string Describe() =>
        $"{_kind} {string.Join(", ", InputShapes)} -> {string.Join(", ", OutputShapes)}, {Items} item{(Items == 1 ? "" : "s")}";

    internal override void Run(float** slots, float* scratch, int item) => _operation.Run(new CpuOperationCall(slots, this), item);
}
