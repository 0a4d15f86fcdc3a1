using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.NN;

public sealed class ModuleMovingTests
{
    [LibTorchFact(PackageDiffers = "a module with two indexers, such as ModuleDict, cannot be moved")]
    public void To_OtherDtype_ConvertsFloatsKeepsCountersAndUpdatesFields()
    {
        using var net = new SmallNet();
        var before = net.Scale;
        var weight = net.First.Conv.weight;

        Assert.Same(net, net.to(ScalarType.Float64));

        Assert.All(net.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.Equal(ScalarType.Float64, net.get_buffer("stem.bn.running_var")!.dtype);
        Assert.Equal(ScalarType.Int64, net.get_buffer("stem.bn.num_batches_tracked")!.dtype);
        Assert.Same(net.Scale, net.get_parameter("scale"));
        Assert.Same(net.Mean, net.get_buffer("mean"));
        Assert.Same(net.First.Conv.weight, net.get_parameter("blocks.0.conv.weight"));
        Assert.True(net.Scale.requires_grad);
        Assert.True(net.Scale.is_leaf);
        Assert.True(before.IsInvalid);
        Assert.True(weight.IsInvalid);
        using var x = zeros([1, 3, 5, 5], ScalarType.Float64);
        using var y = net.call(x);
        Assert.Equal(ScalarType.Float64, y.dtype);
    }

    [LibTorchFact(PackageDiffers = "a module with two indexers, such as ModuleDict, cannot be moved")]
    public void To_SameDtypeAndDevice_KeepsTheTensors()
    {
        using var net = new SmallNet();
        var scale = net.Scale;

        net.to(ScalarType.Float32);
        net.to(CPU);
        net.cpu();
        net.to(CPU, ScalarType.Float32);

        Assert.Same(scale, net.Scale);
        Assert.False(scale.IsInvalid);
    }

    [LibTorchFact]
    public void To_FrozenParameterWithoutGradientsAndOneWithThem_KeepBoth()
    {
        using var net = nn.Linear(3, 2);
        net.bias!.requires_grad = false;
        using (var x = Pattern.Of([1, 3], 1))
        using (var y = net.call(x))
        using (var sum = y.sum())
        {
            sum.backward();
        }

        net.to(ScalarType.Float64);

        Assert.False(net.bias!.requires_grad);
        using var grad = net.weight.grad;
        Assert.Equal(ScalarType.Float64, grad!.dtype);
        using var values = Pattern.Of([1, 3], 1);
        Assert.Equal(Fixture.Values(values), Fixture.Values(grad)[..3]);
    }

    [LibTorchFact]
    public void To_InsideADisposeScope_OutlivesIt()
    {
        using var net = nn.Sequential(nn.Conv2d(1, 2, 1), nn.BatchNorm2d(2));
        using (NewDisposeScope())
        {
            net.half();
        }

        Assert.All(net.state_dict().Values, value => Assert.False(value.IsInvalid));
        Assert.Equal(ScalarType.Float16, ((Conv2d)net[0]).weight.dtype);
    }

    [LibTorchFact(PackageDiffers = "libtorch refuses the integers, with an ExternalException")]
    public void To_IntegerDtype_Throws()
    {
        using var net = nn.Linear(1, 1);

        Assert.Throws<ArgumentException>(() => net.to(ScalarType.Int64));
    }

    [LibTorchFact(PackageDiffers = "a module with two indexers, such as ModuleDict, cannot be moved")]
    public void To_ThereAndBack_LeavesNoNativeTensor() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var net = new SmallNet();
        net.@double();
        net.bfloat16();
        net.@float();
    }));

    [LibTorchFact]
    public void SetWeight_OtherParameter_TakesThePlaceOfTheOld()
    {
        using var net = nn.Linear(3, 2);
        var old = net.weight;

        net.weight = nn.Parameter(ones(4, 3));
        net.bias = null;

        Assert.True(old.IsInvalid);
        Assert.Equal(["weight"], net.state_dict().Keys);
        using var x = ones(1, 3);
        using var y = net.call(x);
        Assert.Equal([3, 3, 3, 3], Fixture.Values(y));
    }

    [LibTorchFact]
    public void Parameter_OfATensor_TakesItsHandleAndItsPlaceInTheScope()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.False(nn.Parameter(ones(1), requires_grad: false).requires_grad);
        scope.Dispose();
        Assert.True(parameter.IsInvalid);
    }
}
