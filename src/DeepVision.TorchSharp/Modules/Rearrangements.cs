using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>Operations that only move values. What they give may be a view of what they read.</summary>
internal static class Rearrangements
{
    /// <summary>Channel i of group g becomes channel i * groups + g.</summary>
    internal static Tensor Shuffle(Tensor map, int groups)
    {
        long[] shape = map.shape;
        using Tensor grouped = map.reshape(shape[0], groups, shape[1] / groups, shape[2], shape[3]);
        using Tensor dealt = grouped.transpose(1, 2);
        return dealt.reshape(shape);
    }

    /// <summary>Channel c of column x and row y in each block becomes channel (x * block + y) * C + c.</summary>
    internal static Tensor SpaceToDepth(Tensor map, int block)
    {
        long[] shape = map.shape;
        (long height, long width) = (shape[2] / block, shape[3] / block);
        using Tensor blocks = map.reshape(shape[0], shape[1], height, block, width, block);
        using Tensor ordered = blocks.permute(0, 5, 3, 1, 2, 4);
        return ordered.reshape(shape[0], shape[1] * block * block, height, width);
    }

    /// <summary>(N, C, T, 1) -> (N, C).</summary>
    internal static Tensor TakeToken(Tensor tokens, int index)
    {
        using Tensor taken = tokens.select(2, index);
        return taken.select(2, 0);
    }

    /// <summary>(N, C, 1 + H * W, 1) -> (N, C, H, W) of another map's size.</summary>
    internal static Tensor TokensToMap(Tensor tokens, Tensor like)
    {
        (long height, long width) = (like.shape[2], like.shape[3]);
        using Tensor pixels = tokens.narrow(2, 1, height * width);
        return pixels.reshape(tokens.shape[0], tokens.shape[1], height, width);
    }
}
