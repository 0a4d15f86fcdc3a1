using DeepVision.Zoo;

namespace DeepVision.Tests.Architecture;

/// <summary>The rooms of the library stand in one order, and what is compiled refers downwards only.</summary>
public sealed class LayerTests
{
    /// <summary>From the ground up. A room may refer to those before it and to itself.</summary>
    private static readonly string[] s_rooms =
    [
        "Tensors", "Threading", "Graphs", "Weights", "Preprocessing", "Detections", "Components", "Models", "Blocks", "Backbones", "Necks", "Heads",
        "Prediction", "Cpu", "Metrics", "Visualization", "Zoo",
    ];

    [Fact]
    public void Rooms_OfTheCore_ReferDownwardsOnly()
    {
        using var core = new CompiledAssembly(typeof(VisionModel).Assembly.Location);

        string[] upwards =
        [
            .. from reference in core.References
               where LevelOf(reference.From) < LevelOf(reference.To)
               select $"{RoomOf(reference.From)} -> {RoomOf(reference.To)}: {reference.From} refers to {reference.To}",
        ];

        Assert.True(upwards.Length == 0, $"{upwards.Length} references point up:\n{string.Join('\n', upwards.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void Rooms_OfTheCore_AreThoseOfTheOrder()
    {
        using var core = new CompiledAssembly(typeof(VisionModel).Assembly.Location);

        Assert.Equal(s_rooms.Order(StringComparer.Ordinal), core.Types.Select(RoomOf).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The test sees a reference that it must not miss: in a method's body, across rooms.</summary>
    [Fact]
    public void References_OfACompiledMethod_AreSeen()
    {
        using var core = new CompiledAssembly(typeof(VisionModel).Assembly.Location);

        Assert.Contains(core.References, reference =>
            reference.From.Name == nameof(VisionModelZoo) && reference.To.Name == nameof(ModelPresets));
    }

    /// <summary>Backbones, necks and heads know nothing of each other: what several share is a block.</summary>
    [Theory]
    [InlineData("Backbones")]
    [InlineData("Necks")]
    [InlineData("Heads")]
    public void Parts_OfOneKind_DoNotReferToOtherKinds(string room)
    {
        string[] others = [.. ((string[])["Backbones", "Necks", "Heads"]).Where(other => other != room)];
        using var core = new CompiledAssembly(typeof(VisionModel).Assembly.Location);

        Assert.Empty(core.References.Where(reference => RoomOf(reference.From) == room && others.Contains(RoomOf(reference.To)))
            .Select(reference => $"{reference.From} refers to {reference.To}"));
    }

    private static int LevelOf(CompiledType type) => Array.IndexOf(s_rooms, RoomOf(type));

    // Where a type was written, since extension methods of all rooms stand in one namespace.
    private static string RoomOf(CompiledType type)
    {
        string[] path = type.Document.Split('/', '\\');
        int library = Array.LastIndexOf(path, "DeepVision");
        return library >= 0 && library + 2 < path.Length ? path[library + 1] : "(none)";
    }
}
