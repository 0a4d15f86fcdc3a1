#if DEPENDENCIES_NUGET
using System.Reflection;
using DeepVision.Tests.Shared;
using TorchSharp;

namespace DeepVision.Tests.Torch.Api;

/// <summary>The own binding over libtorch has nothing that the TorchSharp package has not; only the package's build can tell.</summary>
public sealed class MirroredMembersTests
{
    private static readonly string s_file = Repository.PathOf("src", "DeepVision.LibTorch", "Members.txt");

    [Fact]
    public void Members_OfTheBinding_AreAllInThePackage()
    {
        IReadOnlyList<string> mirrored = MirrorComparison.Read(s_file);
        IReadOnlyList<string> missing = MirrorComparison.Missing(mirrored, typeof(torch).Assembly);

        Assert.NotEmpty(mirrored);
        Assert.True(missing.Count == 0, $"{missing.Count} of {mirrored.Count} mirrored members differ from the package's:\n{string.Join("\n\n", missing)}");
    }

    [Fact]
    public void Heading_OfTheList_NamesThePackagesVersion()
    {
        string version = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        Assert.Contains($"TorchSharp {version} ", File.ReadLines(s_file).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_ForAMemberThatThePackageLacks_NamesIt()
    {
        const string Invented = "TorchSharp.torch.Tensor: TorchSharp.torch.Tensor relu(int twice)";
        Assert.StartsWith("mirrored: " + Invented, Assert.Single(MirrorComparison.Missing([Invented], typeof(torch).Assembly)), StringComparison.Ordinal);
    }
}
#endif
