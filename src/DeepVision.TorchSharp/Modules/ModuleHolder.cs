using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>A container that only holds children, as PyTorch's ModuleList does.</summary>
internal sealed class ModuleHolder : nn.Module, IContainerModule
{
    private readonly ChildModules _children;

    internal ModuleHolder(string path)
        : base(path) => _children = new ChildModules(this);

    ChildModules IContainerModule.Children => _children;

    public override void register_module(string name, nn.Module submodule) =>
        _children.Register(name, submodule, base.register_module);
}
