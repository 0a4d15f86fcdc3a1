using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>What one item of a reference step does.</summary>
internal unsafe delegate void ReferenceBody(float** slots, int item);

/// <summary>A step of the reference: a plain loop on planar tensors.</summary>
internal sealed unsafe class ReferenceStep : Step
{
    private readonly string _description;
    private readonly ReferenceBody _body;

    internal ReferenceStep(string name, string description, int items, ReferenceBody body)
        : base(name)
    {
        _description = description;
        Items = items;
        _body = body;
    }

    internal override int Items { get; }

    internal override string Describe() => $"reference {_description}";

    internal override void Run(float** slots, float* scratch, int item) => _body(slots, item);
}
