using TorchSharp;

namespace DeepVision.Tests.Torch.Training;

/// <summary>The bits of a module's state dict.</summary>
internal static class ModuleStates
{
    internal static string[] Bits(torch.nn.Module module) => [.. module.state_dict().Select(entry => $"{entry.Key}: {Bits(entry.Value)}")];

    internal static string Bits(torch.Tensor tensor)
    {
        byte[] bytes = new byte[tensor.numel() * tensor.element_size()];
        using torch.Tensor detached = tensor.detach();
        using torch.Tensor dense = detached.contiguous();
        dense.bytes.CopyTo(bytes);
        return Convert.ToHexString(bytes);
    }
}
