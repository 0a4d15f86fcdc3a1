using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>
/// Batch norm over (N, C, H, W) whose scale, shift and statistics are buffers and never change, as in torchvision's detectors:
/// training mode makes no difference, and gradients pass through to the input.
/// </summary>
public sealed class FrozenBatchNorm2d : nn.Module<Tensor, Tensor>
{
    private readonly double _epsilon;

    /// <summary>Creates the module, which changes nothing until its buffers are given values.</summary>
    /// <param name="channels">C; at least 1.</param>
    /// <param name="epsilon">Added to the variance; at least 0, torchvision's COCO_V1 detectors have 0. Default 1e-5.</param>
    public FrozenBatchNorm2d(int channels, double epsilon = 1e-5)
        : base(nameof(FrozenBatchNorm2d))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        _epsilon = epsilon;
        register_buffer("weight", ones(channels).DetachFromDisposeScope());
        register_buffer("bias", zeros(channels).DetachFromDisposeScope());
        register_buffer("running_mean", zeros(channels).DetachFromDisposeScope());
        register_buffer("running_var", ones(channels).DetachFromDisposeScope());
    }

    /// <summary>Normalizes.</summary>
    /// <param name="input">(N, C, H, W).</param>
    public override Tensor forward(Tensor input) => nn.functional.batch_norm(
        input,
        get_buffer("running_mean"),
        get_buffer("running_var"),
        get_buffer("weight"),
        get_buffer("bias"),
        training: false,
        momentum: 0,
        eps: _epsilon);
}
