using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>An outsider's operation, on plain tensors.</summary>
internal sealed unsafe class OpaqueStep : Step
{
    private readonly CpuOperation _operation;
    private readonly string _kind;

    internal OpaqueStep(
        string name, OpaqueOperation node, CpuOperation operation, TensorView[] inputs, TensorShape[] inputShapes, in TensorView output, TensorShape outputShape)
        : base(name)
    {
        _operation = operation;
        _kind = node.Kind;
        OutputIndex = node.OutputIndex;
        Inputs = inputs;
        InputShapes = inputShapes;
        Output = output;
        OutputShape = outputShape;
        Items = operation.CountItems(inputShapes, outputShape);
        if (Items < 1)
        {
            throw new ModelBuildException($"Node '{name}' ({node.Describe()}): its implementation wants {Items} items; expected at least 1.") { Component = name };
        }
    }

    internal override int Items { get; }

    internal int OutputIndex { get; }

    internal TensorView[] Inputs { get; }

    internal TensorShape[] InputShapes { get; }

    internal TensorView Output { get; }

    internal TensorShape OutputShape { get; }

    internal override string Describe() => $"{_kind} {string.Join(", ", InputShapes)} -> {OutputShape}, {Items} item{(Items == 1 ? "" : "s")}";

    internal override void Run(float** slots, float* scratch, int item) => _operation.Run(new CpuOperationCall(slots, this), item);
}
