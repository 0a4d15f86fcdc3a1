using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.NN;

/// <summary>A nested network with every kind of component.</summary>
internal sealed class SmallNet : nn.Module<Tensor, Tensor>
{
    private readonly Sequential stem;
    private readonly ModuleList<Block> blocks;
    private readonly ModuleDict<Linear> heads;
    private readonly Parameter scale;
    private readonly Tensor mean;

    public SmallNet()
        : base(nameof(SmallNet))
    {
        stem = nn.Sequential(("conv", nn.Conv2d(3, 4, 3, padding: 1, bias: false)), ("bn", nn.BatchNorm2d(4)), ("act", nn.ReLU()));
        blocks = nn.ModuleList(new Block(4), new Block(4));
        heads = nn.ModuleDict(("a", nn.Linear(4, 2)), ("b", nn.Linear(4, 3)));
        scale = nn.Parameter(ones(4, 1, 1));
        mean = zeros(3, 1, 1);
        RegisterComponents();
    }

    public Block First => blocks[0];

    public Parameter Scale => scale;

    public Tensor Mean => mean;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = stem.call(input - mean) * scale;
        foreach (var block in blocks)
        {
            x = block.call(x);
        }

        return heads["a"].call(x.mean([2, 3])).MoveToOuterDisposeScope();
    }

    /// <summary>A residual block.</summary>
    internal sealed class Block : nn.Module<Tensor, Tensor>
    {
        private Conv2d conv;
        private readonly BatchNorm2d bn;

        public Block(long channels)
            : base(nameof(Block))
        {
            conv = nn.Conv2d(channels, channels, 1);
            bn = nn.BatchNorm2d(channels);
            RegisterComponents();
        }

        public Conv2d Conv => conv;

        public void ReplaceConv(Conv2d other)
        {
            register_module(nameof(conv), null!);
            conv.Dispose();
            conv = other;
            register_module(nameof(conv), other);
        }

        public override Tensor forward(Tensor input)
        {
            using var inner = conv.call(input);
            using var normed = bn.call(inner);
            return normed + input;
        }
    }
}
