using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class ModuleTreeTests
{
    // Of the same network written in PyTorch, in its order.
    private static readonly string[] ParameterNames =
    [
        "scale", "stem.conv.weight", "stem.bn.weight", "stem.bn.bias",
        "blocks.0.conv.weight", "blocks.0.conv.bias", "blocks.0.bn.weight", "blocks.0.bn.bias",
        "blocks.1.conv.weight", "blocks.1.conv.bias", "blocks.1.bn.weight", "blocks.1.bn.bias",
        "heads.a.weight", "heads.a.bias", "heads.b.weight", "heads.b.bias",
    ];

    private static readonly string[] BufferNames =
    [
        "mean", "stem.bn.running_mean", "stem.bn.running_var", "stem.bn.num_batches_tracked",
        "blocks.0.bn.running_mean", "blocks.0.bn.running_var", "blocks.0.bn.num_batches_tracked",
        "blocks.1.bn.running_mean", "blocks.1.bn.running_var", "blocks.1.bn.num_batches_tracked",
    ];

    [LibTorchFact]
    public void NamedParameters_NestedModules_AreThoseOfPyTorchInItsOrder()
    {
        using var net = new SmallNet();

        Assert.Equal(ParameterNames, net.named_parameters().Select(p => p.name));
        Assert.Equal(net.named_parameters().Select(p => p.parameter), net.parameters(), ReferenceEqualityComparer.Instance);
        Assert.Equal(["scale"], net.named_parameters(recurse: false).Select(p => p.name));
    }

    [LibTorchFact]
    public void NamedBuffers_NestedModules_AreThoseOfPyTorchInItsOrder()
    {
        using var net = new SmallNet();

        Assert.Equal(BufferNames, net.named_buffers().Select(b => b.name));
        Assert.Equal(BufferNames.Length, net.buffers().Count());
    }

    [LibTorchFact]
    public void StateDict_NestedModules_HoldsParametersThenBuffersAsTorchSharpDoes()
    {
        using var net = new SmallNet();

        Assert.Equal([.. ParameterNames, .. BufferNames], net.state_dict().Keys);
        Assert.Same(net.Scale, net.state_dict()["scale"]);
        Assert.Equal("net.scale", net.state_dict(prefix: "net").Keys.First());
    }

    [LibTorchFact]
    public void NamedModules_NestedModules_ListsChildrenBeforeWhatIsBelowThem()
    {
        using var net = new SmallNet();

        Assert.Equal(["stem", "blocks", "heads"], net.named_children().Select(m => m.name));
        Assert.Equal(
            ["stem", "blocks", "heads", "stem.conv", "stem.bn", "stem.act", "blocks.0", "blocks.1",
             "blocks.0.conv", "blocks.0.bn", "blocks.1.conv", "blocks.1.bn", "heads.a", "heads.b"],
            net.named_modules().Select(m => m.name));
        Assert.Equal(3, net.children().Count());
        Assert.Equal(14, net.modules().Count());
    }

    [LibTorchFact]
    public void GetParameterAndBuffer_DottedName_FindsThemOrGivesNull()
    {
        using var net = new SmallNet();

        Assert.Same(net.First.Conv.weight, net.get_parameter("blocks.0.conv.weight"));
        Assert.Null(net.get_parameter("blocks.9.conv.weight"));
        Assert.Null(net.get_parameter("blocks.0.bn.running_mean"));
        Assert.True(net.has_buffer("blocks.0.bn.running_mean"));
        Assert.False(net.has_buffer("scale"));
        Assert.True(net.has_parameter("scale"));
    }

    [LibTorchFact]
    public void StateDict_OneModuleInTwoPlaces_ListsItUnderBothNamesAndItsParametersOnce()
    {
        using var net = new Twice();

        Assert.Equal(["first.weight", "first.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal(["first.weight", "first.bias", "second.weight", "second.bias"], net.state_dict().Keys);
    }

    [LibTorchFact]
    public void RegisterModule_NullUnderAName_ReplacesTheChild()
    {
        using var net = new SmallNet();
        var wider = nn.Conv2d(4, 4, 3, padding: 1, bias: false);

        net.First.ReplaceConv(wider);

        Assert.Same(wider.weight, net.get_parameter("blocks.0.conv.weight"));
        Assert.False(net.has_parameter("blocks.0.conv.bias"));
        Assert.Equal(["bn", "conv"], net.First.named_children().Select(m => m.name));
        using var x = Pattern.Of([1, 3, 5, 5], 1);
        using var y = net.call(x);
        Assert.Equal([1, 2], y.shape);
    }

    [LibTorchFact]
    public void RegisterModule_BadOrTakenName_Throws()
    {
        using var net = new SmallNet();
        using var child = nn.Identity();

        Assert.Throws<ArgumentException>(() => net.register_module("a.b", child));
        Assert.Throws<ArgumentException>(() => net.register_module("", child));
        Assert.Throws<InvalidOperationException>(() => net.register_module("stem", child));
        Assert.Throws<InvalidOperationException>(() => net.register_parameter("scale", net.Scale));
        Assert.Throws<ArgumentNullException>(() => net.register_buffer("none", null!));
    }

    [LibTorchFact]
    public void RegisterBuffer_NotPersistent_IsNotListed()
    {
        using var net = nn.Linear(1, 1);
        using var anchors = zeros(3);
        net.register_buffer("anchors", anchors, persistent: false);

        Assert.Empty(net.named_buffers());
        Assert.Equal(["weight", "bias"], net.state_dict().Keys);
        Assert.Same(anchors, net.get_buffer("anchors"));
    }

    [LibTorchFact]
    public void Register_InAModuleWithoutParameters_Throws()
    {
        using var net = nn.ReLU();
        using var other = nn.Linear(1, 1);
        using var buffer = zeros(1);

        Assert.Throws<InvalidOperationException>(() => net.register_buffer("a", buffer));
        Assert.Throws<InvalidOperationException>(() => net.register_parameter("a", other.weight));
        Assert.Throws<InvalidOperationException>(() => net.register_module("a", other));
        net.register_module("a", nn.Identity());
        Assert.Single(net.named_children());
    }

    [LibTorchFact(PackageDiffers = "BatchNorm2d calls itself BatchNorm1d, and a Sequential torch::nn::SequentialImpl")]
    public void TrainEvalApply_Tree_ReachAllModules()
    {
        using var net = new SmallNet();
        var names = new List<string>();

        net.eval();
        Assert.All(net.modules().Append(net), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules().Append(net), module => Assert.True(module.training));
        net.apply(module => names.Add(module.GetName()));
        Assert.Equal(15, names.Count);
        Assert.Equal(["Conv2d", "BatchNorm2d", "ReLU", "Sequential"], names.Take(4));
        Assert.Equal(nameof(SmallNet), names[^1]);
    }

    [LibTorchFact]
    public void ZeroGrad_AfterBackward_DropsOrClearsGradients()
    {
        using var net = new SmallNet();
        Backward(net);
        net.zero_grad(set_to_none: false);
        using (var grad = net.Scale.grad)
        {
            Assert.All(Fixture.Values(grad!), value => Assert.Equal(0, value));
        }

        net.zero_grad();
        Assert.Null(net.Scale.grad);
    }

    [LibTorchFact]
    public void LoadStateDict_OtherNet_GivesTheSameOutput()
    {
        using var one = new SmallNet();
        using var other = new SmallNet();
        Pattern.Fill(one);
        one.eval();
        other.eval();

        var (missing, unexpected) = other.load_state_dict(one.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        using var x = Pattern.Of([2, 3, 5, 5], 1);
        using var expected = one.call(x);
        using var found = other.call(x);
        Assert.Equal(Fixture.Values(expected), Fixture.Values(found));
        Assert.True(other.Scale.requires_grad);
    }

    [LibTorchFact(PackageDiffers = "the message does not name the keys")]
    public void LoadStateDict_OtherNames_ThrowsWhenStrictAndReportsThemWhenNot()
    {
        using var net = new SmallNet();
        var state = net.state_dict();
        state.Remove("scale");
        state["extra"] = net.Scale;

        var error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        Assert.Contains("scale", error.Message, StringComparison.Ordinal);
        Assert.Contains("extra", error.Message, StringComparison.Ordinal);
        var (missing, unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);
        (missing, unexpected) = net.load_state_dict(state, skip: ["scale", "extra"]);
        Assert.Empty(missing.Concat(unexpected));
    }

    [LibTorchFact(PackageDiffers = "tensors are left to the finaliser")]
    public void Dispose_AfterTraining_LeavesNoNativeTensor()
    {
        var left = LiveTensors.LeftBy(() =>
        {
            using var net = new SmallNet();
            Backward(net);
            Backward(net);
        });

        Assert.Equal(0, left);
    }

    [LibTorchFact]
    public void Dispose_InsideADisposeScope_KeepsParametersUntilTheModuleGoes()
    {
        SmallNet net;
        using (NewDisposeScope())
        {
            net = new SmallNet();
        }

        // Tensors that the user's own code made belong to the scope they were made in; those of the leaves do not.
        Assert.True(net.Scale.IsInvalid);
        Assert.False(net.First.Conv.weight.IsInvalid);
        net.Dispose();
        Assert.True(net.First.Conv.weight.IsInvalid);
    }

    private static void Backward(SmallNet net)
    {
        using var scope = NewDisposeScope();
        var y = net.call(Pattern.Of([2, 3, 5, 5], 1));
        y.sum().backward();
    }

    private sealed class Twice : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(2, 2);
        private readonly Linear second;

        public Twice()
            : base(nameof(Twice))
        {
            second = first;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => second.call(first.call(input));
    }
}
