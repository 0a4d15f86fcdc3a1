using DeepVision.Graphs;
using DeepVision.Tensors;
using DeepVision.Tests.Torch.Modules;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Inference;

/// <summary>A call of an operation leaves nothing behind but its outputs, before any collection and without a scope.</summary>
[Collection(AloneCollection.Name)]
public sealed class OperationMemoryTests
{
    public static TheoryData<string> Graphs { get; } = [.. OperationGraphs.Names];

    [TorchTheory]
    [MemberData(nameof(Graphs))]
    public void Call_OfOperation_LeavesItsOutputsOnly(string name)
    {
        using var module = new GraphModule(OperationGraphs.Build(name));
        HostTensor[] host = OperationGraphs.Inputs(name);
        foreach (bool training in new[] { true, false })
        {
            module.Root.train(training);
            Tensor[] inputs = [.. host.Select(input => input.ToTorch())];
            long before = Tensor.TotalCount;
            Tensor[] outputs = module.Root.call(inputs);
            Assert.Equal(before + outputs.Length, Tensor.TotalCount);
            foreach (Tensor tensor in outputs.Concat(inputs))
            {
                tensor.Dispose();
            }
        }
    }
}
