using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class ModuleHookTests
{
    [LibTorchFact]
    public void Hooks_InOrder_RunAroundForwardAndCanBeRemoved()
    {
        using var module = nn.ReLU();
        using var x = Pattern.Of([4], 1);
        var calls = new List<string>();
        module.register_forward_hook((_, _, _) => { calls.Add("after"); return null!; });
        module.register_forward_hook(m => calls.Add("module after"));
        var second = module.register_forward_pre_hook((_, input) => { calls.Add("before"); return null!; });
        module.register_forward_pre_hook((nn.Module m) => calls.Add("module before"));

        module.call(x).Dispose();
        Assert.Equal(["module before", "before", "after", "module after"], calls);

        calls.Clear();
        second.remove();
        second.remove();
        module.call(x).Dispose();
        Assert.Equal(["module before", "after", "module after"], calls);

        calls.Clear();
        module.forward(x).Dispose();
        Assert.Empty(calls);
    }

    [LibTorchFact]
    public void Hooks_ReturningTensors_StandForInputAndResult()
    {
        using var module = nn.ReLU();
        using var x = tensor(new[] { -1f, 2f });
        using var replacement = tensor(new[] { 3f, -4f });
        module.register_forward_pre_hook((_, _) => replacement);
        Tensor? seen = null;
        module.register_forward_hook((_, input, result) =>
        {
            seen = input;
            return result + 1;
        });

        using var y = module.call(x);

        Assert.Same(replacement, seen);
        Assert.Equal([4, 1], Fixture.Values(y));
    }

    [LibTorchFact]
    public void Hooks_OnAChildOfASequential_AreCalledThroughIt()
    {
        using var module = nn.Sequential(("a", nn.Linear(3, 2)), ("b", nn.Sigmoid()));
        using var x = Pattern.Of([1, 3], 1);
        var shapes = new List<long[]>();
        ((Linear)module[0]).register_forward_hook((_, _, result) =>
        {
            shapes.Add(result.shape);
            return result;
        });

        module.call(x).Dispose();

        Assert.Equal([1, 2], Assert.Single(shapes));
    }

    [LibTorchFact]
    public void Hook_RemovingItselfDuringTheCall_RunsOnce()
    {
        using var module = nn.ReLU();
        using var x = Pattern.Of([4], 1);
        var count = 0;
        nn.HookableModule<Func<nn.Module<Tensor, Tensor>, Tensor, Tensor>, Func<nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>>.HookRemover? remover = null;
        remover = module.register_forward_hook((_, _, _) =>
        {
            count++;
            remover!.remove();
            return null!;
        });

        module.call(x).Dispose();
        module.call(x).Dispose();

        Assert.Equal(1, count);
    }

    [LibTorchFact]
    public void Hooks_OfAModuleWithSeveralInputs_SeeAndReplaceThem()
    {
        using var module = new Weighted();
        using var a = ones(2);
        using var b = ones(2);
        module.register_forward_pre_hook((_, first, second, factor) => (first, second, factor * 2));

        using var y = module.call(a, b, 3);

        Assert.Equal([7, 7], Fixture.Values(y));
    }

    private sealed class Weighted() : nn.Module<Tensor, Tensor, double, Tensor>(nameof(Weighted))
    {
        public override Tensor forward(Tensor input1, Tensor input2, double input3)
        {
            using var product = input2 * input3;
            return input1 + product;
        }
    }
}
