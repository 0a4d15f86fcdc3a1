namespace DeepVision.Tests.Cpu;

/// <summary>The same bits come out of every process, whatever its number of threads.</summary>
public sealed class RepeatabilityTests
{
    [Fact]
    public void Run_TwoProcessesWithOneAndTwoThreads_GiveTheSameHashes()
    {
        // Without vectors one small network takes as long as all of these with them.
        string[] models = InstructionSetData.IsAccelerated
            ? ["resnet50:224", "mobilenet_v2:224", "resnext50_32x4d:128", "regnet_y_400mf:160", "convnext_tiny:224",
                "retinanet_resnet50_fpn:256", "fcos_resnet50_fpn:224", "fasterrcnn_mobilenet_v3_large_320_fpn:320"]
            : ["resnet18:64"];
        string[] one = Child.Run(new Dictionary<string, string>(), ["hash", "1", .. models]);
        string[] two = Child.Run(new Dictionary<string, string>(), ["hash", "2", .. models]);

        Assert.Equal(models, one.Select(line => line.Split(' ')[0]));
        Assert.Equal(models.Length, one.Select(line => line.Split(' ')[1]).Distinct().Count());
        Assert.Equal(one, two);
    }

    /// <summary>As many threads as there are processors: as a container of one core has them, and a server of more than a run has shares.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("96")]
    public void Run_AnyNumberOfProcessors_GivesTheSameHash(string processors)
    {
        var environment = new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = processors };
        string[] arguments = ["hash", "0", "resnet18:64"];

        Assert.Equal([processors], Child.Run(environment, ["processors"]));
        Assert.Equal(Child.Run(new Dictionary<string, string>(), arguments), Child.Run(environment, arguments));
    }
}
