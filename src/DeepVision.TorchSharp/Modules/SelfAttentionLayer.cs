using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepVision.Torch.Modules;

/// <summary>
/// Self-attention (N, T, C) -> (N, T, C) with the parameters of PyTorch's MultiheadAttention. Written here because TorchSharp's
/// own takes the tokens before the batch and three inputs.
/// </summary>
internal sealed class SelfAttentionLayer : nn.Module<Tensor, Tensor>
{
    private readonly int _heads;

    [ComponentName(Name = "out_proj")]
    private readonly Linear _projection;

    /// <summary>Creates the layer; its projection in is zero until it is given values.</summary>
    /// <param name="channels">C.</param>
    /// <param name="heads">How many heads; divides C.</param>
    internal SelfAttentionLayer(int channels, int heads)
        : base(nameof(SelfAttentionLayer))
    {
        _heads = heads;
        _projection = nn.Linear(channels, channels);
        register_parameter("in_proj_weight", nn.Parameter(zeros(3 * channels, channels).DetachFromDisposeScope()));
        register_parameter("in_proj_bias", nn.Parameter(zeros(3 * channels).DetachFromDisposeScope()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor projected = F.linear(input, get_parameter("in_proj_weight")!, get_parameter("in_proj_bias"));
        using Tensor mixed = Mix(projected, _heads);
        return _projection.call(mixed);
    }

    /// <summary>Queries, keys and values (N, T, 3C) -> softmax(q k^T / sqrt(C / heads)) v of each head, (N, T, C).</summary>
    internal static Tensor Mix(Tensor projected, int heads)
    {
        (long batch, long count, long channels) = (projected.shape[0], projected.shape[1], projected.shape[2] / 3);
        using Tensor split = projected.reshape(batch, count, 3, heads, channels / heads);
        using Tensor ordered = split.permute(2, 0, 3, 1, 4);
        using Tensor queries = ordered.select(0, 0);
        using Tensor keys = ordered.select(0, 1);
        using Tensor values = ordered.select(0, 2);
        using Scalar scale = 1 / Math.Sqrt(channels / heads);
        using Tensor scaled = queries.mul(scale);
        using Tensor rows = PerHead(scaled);
        using Tensor keyRows = PerHead(keys);
        using Tensor columns = keyRows.transpose(1, 2);
        using Tensor scores = rows.bmm(columns);
        using Tensor shares = F.softmax(scores, 2);
        using Tensor valueRows = PerHead(values);
        using Tensor sums = shares.bmm(valueRows);
        using Tensor ofHeads = sums.reshape(batch, heads, count, channels / heads);
        using Tensor tokens = ofHeads.transpose(1, 2);
        return tokens.reshape(batch, count, channels);

        // (N, heads, T, C / heads) -> (N * heads, T, C / heads). bmm takes matrices in a row; TorchSharp's matmul has no handler for libtorch's
        // exceptions, memory that is not to be had among them, and would end the process.
        Tensor PerHead(Tensor split) => split.reshape(batch * heads, count, channels / heads);
    }
}
