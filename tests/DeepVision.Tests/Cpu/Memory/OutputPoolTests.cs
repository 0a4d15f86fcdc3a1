using DeepVision.Cpu.Memory;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Memory;

public sealed class OutputPoolTests
{
    private const int Large = 1024 * 1024;

    [Fact]
    public void Rent_SmallOnesOfSeveralShapesInTurns_GivesEachBack()
    {
        var pool = new OutputPool(capacity: 1);
        Dictionary<string, HostTensor> wide = Rent(pool, 256);
        Dictionary<string, HostTensor> narrow = Rent(pool, 64);
        pool.Return(wide);
        pool.Return(narrow);

        for (int round = 0; round < 3; round++)
        {
            Assert.Same(wide, Rent(pool, 256));
            Assert.Same(narrow, Rent(pool, 64));
            pool.Return(wide);
            pool.Return(narrow);
        }
    }

    [Fact]
    public void Rent_LargeOfAnotherShape_LetsTheFormerGo()
    {
        var pool = new OutputPool(capacity: 1);
        Dictionary<string, HostTensor> former = Rent(pool, Large);
        pool.Return(former);

        pool.Return(Rent(pool, Large + 1));

        Assert.NotSame(former, Rent(pool, Large));
    }

    [Fact]
    public void Return_MoreThanTheCapacity_KeepsThatMany()
    {
        var pool = new OutputPool(capacity: 2);
        Dictionary<string, HostTensor>[] rented = [Rent(pool, Large), Rent(pool, Large), Rent(pool, Large)];
        foreach (Dictionary<string, HostTensor> outputs in rented)
        {
            pool.Return(outputs);
        }

        Dictionary<string, HostTensor>[] again = [Rent(pool, Large), Rent(pool, Large), Rent(pool, Large)];

        Assert.Equal(2, again.Count(outputs => rented.Contains(outputs)));
    }

    [Fact]
    public void Return_SmallOnesOfEverNewShapes_KeepsFew()
    {
        var pool = new OutputPool(capacity: 1);
        var all = new List<Dictionary<string, HostTensor>>();
        for (int length = 1; length <= 100; length++)
        {
            all.Add(Rent(pool, length));
            pool.Return(all[^1]);
        }

        Assert.NotSame(all[0], Rent(pool, 1));
        Assert.Same(all[99], Rent(pool, 100));
    }

    private static Dictionary<string, HostTensor> Rent(OutputPool pool, int length) => pool.Rent(["out"], [new TensorShape(length)]);
}
