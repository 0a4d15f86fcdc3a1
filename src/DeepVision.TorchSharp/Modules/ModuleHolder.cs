using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>A container that only holds children, as PyTorch's ModuleList does.</summary>
internal sealed class ModuleHolder(string path) : nn.Module(path), IContainerModule
{
    private readonly ChildModules _children = new();

    ChildModules IContainerModule.Children => _children;

    public override void register_module(string name, nn.Module submodule) =>
        _children.Register(this, name, submodule, base.register_module);
}
