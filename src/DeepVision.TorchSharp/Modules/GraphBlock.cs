using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>A container from one tensor to one tensor, like <c>layer1</c> or <c>layer1.0</c>.</summary>
internal sealed class GraphBlock : nn.Module<Tensor, Tensor>, IContainerModule
{
    private readonly BlockPlan _plan;
    private readonly ChildModules _children;

    internal GraphBlock(BlockPlan plan)
        : base(plan.Path)
    {
        _plan = plan;
        _children = new ChildModules(this);
    }

    ChildModules IContainerModule.Children => _children;

    public override Tensor forward(Tensor input) =>
        BlockExecution.Run(_plan, _children, input)[0]
        ?? throw new InvalidOperationException($"Module '{_plan.Path}' gives nothing any more, since a module in it gives fewer tensors than before.");

    public override void register_module(string name, nn.Module submodule) =>
        _children.Register(name, submodule, base.register_module);
}
