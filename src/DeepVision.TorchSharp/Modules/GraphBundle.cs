using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>A container that takes or gives several tensors, like a detector's backbone.</summary>
internal sealed class GraphBundle : nn.Module<Tensor[], Tensor[]>, IContainerModule
{
    private readonly BlockPlan _plan;
    private readonly ChildModules _children;

    internal GraphBundle(BlockPlan plan)
        : base(plan.Path)
    {
        _plan = plan;
        _children = new ChildModules(this);
    }

    ChildModules IContainerModule.Children => _children;

    public override Tensor[] forward(Tensor[] input) => BlockExecution.Run(_plan, _children, input)!;

    public override void register_module(string name, nn.Module submodule) =>
        _children.Register(name, submodule, base.register_module);
}
