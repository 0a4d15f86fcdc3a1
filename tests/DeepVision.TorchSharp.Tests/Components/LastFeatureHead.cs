using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Components;

/// <summary>A linear layer on the mean of the last of several maps.</summary>
internal sealed class LastFeatureHead : nn.Module<Tensor[], Tensor>
{
    private readonly nn.Module<Tensor, Tensor> fc;

    internal LastFeatureHead(int channels, int classes)
        : base(nameof(LastFeatureHead))
    {
        fc = nn.Linear(channels, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] input)
    {
        using Tensor mean = input[^1].mean([2, 3]);
        return fc.call(mean);
    }
}
