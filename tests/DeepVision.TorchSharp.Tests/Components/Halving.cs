using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Components;

/// <summary>A convolution on each of several maps that halves its channels.</summary>
internal sealed class Halving : nn.Module<Tensor[], Tensor[]>
{
    private readonly nn.Module<Tensor, Tensor>[] _layers;

    internal Halving(int[] channels)
        : base(nameof(Halving))
    {
        _layers = [.. channels.Select(count => nn.Conv2d(count, count / 2, 1))];
        foreach ((int index, nn.Module<Tensor, Tensor> layer) in _layers.Index())
        {
            register_module($"{index}", layer);
        }
    }

    public override Tensor[] forward(Tensor[] input) => [.. _layers.Zip(input, (layer, tensor) => layer.call(tensor))];
}
