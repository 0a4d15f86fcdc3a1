using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Components;

/// <summary>Three strided convolutions, one after the other, each a feature of a backbone.</summary>
internal sealed class Pyramid : nn.Module<Tensor, Tensor[]>
{
    private readonly nn.Module<Tensor, Tensor> stage1;
    private readonly nn.Module<Tensor, Tensor> stage2;
    private readonly nn.Module<Tensor, Tensor> stage3;

    internal Pyramid(int first, int second, int third)
        : base(nameof(Pyramid))
    {
        stage1 = nn.Conv2d(3, first, 8, 8);
        stage2 = nn.Conv2d(first, second, 2, 2);
        stage3 = nn.Conv2d(second, third, 2, 2);
        RegisterComponents();
    }

    public override Tensor[] forward(Tensor input)
    {
        Tensor one = stage1.call(input);
        Tensor two = stage2.call(one);
        return [one, two, stage3.call(two)];
    }
}
