using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>
/// Calls of layers that PyTorch defines over the last dimension. A map comes to them as (N, H, W, C) and tokens as (N, T, C), as
/// in the official models; nothing is copied for it.
/// </summary>
internal static class FeaturesLast
{
    /// <summary>Calls a leaf, with the features last where its operation wants them there.</summary>
    internal static Tensor Call(GraphNode? node, nn.Module<Tensor, Tensor> module, Tensor input)
    {
        switch (node?.Operation)
        {
            case Linear or LayerNorm when input.dim() == 4:
                using (Tensor pixels = input.permute(0, 2, 3, 1))
                using (Tensor result = module.call(pixels))
                {
                    return result.permute(0, 3, 1, 2);
                }

            case SelfAttention:
                using (Tensor tokens = ToTokens(input))
                using (Tensor result = module.call(tokens))
                {
                    return ToMap(result);
                }

            default:
                return module.call(input);
        }
    }

    /// <summary>What lies between an attention's projections, (N, 3C, T, 1) -> (N, C, T, 1).</summary>
    internal static Tensor Heads(Tensor projected, int heads)
    {
        using Tensor tokens = ToTokens(projected);
        using Tensor mixed = SelfAttentionLayer.Mix(tokens, heads);
        return ToMap(mixed);
    }

    /// <summary>(N, C, T, 1) -> (N, T, C).</summary>
    private static Tensor ToTokens(Tensor map)
    {
        using Tensor columns = map.squeeze(3);
        return columns.transpose(1, 2);
    }

    /// <summary>(N, T, C) -> (N, C, T, 1).</summary>
    internal static Tensor ToMap(Tensor tokens)
    {
        using Tensor columns = tokens.transpose(1, 2);
        return columns.unsqueeze(3);
    }
}
