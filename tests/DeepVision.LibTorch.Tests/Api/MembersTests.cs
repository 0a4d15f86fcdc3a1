using DeepVision.Tests.Shared;
using TorchSharp;

namespace DeepVision.LibTorch.Tests.Api;

public sealed class MembersTests
{
    private const string UpdateVariable = "DEEPVISION_UPDATE_API";

    private const string Heading = "# The members of TorchSharp 0.107.0 that DeepVision.LibTorch mirrors, one a line; a test compares them with the package.";

    [Fact]
    public void Members_OfTheAssembly_AreThoseOfTheCommittedList()
    {
        string file = Repository.PathOf("src", "DeepVision.LibTorch", "Members.txt");
        IReadOnlyList<string> found = MirroredMembers.Describe(typeof(torch).Assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllLines(file, [Heading, .. found]);
        }

        Assert.Equal(Heading, File.ReadLines(file).First());
        IReadOnlyList<string> listed = MirrorComparison.Read(file);
        string[] differences = [.. found.Except(listed).Select(line => "+ " + line), .. listed.Except(found).Select(line => "- " + line)];
        Assert.True(
            differences.Length == 0,
            $"The mirrored members differ from {file}. If that is meant, run the test with {UpdateVariable}=1, review the file, and run the "
            + $"test of the same name in DeepVision.TorchSharp.Tests with DependencySource=nuget.\n{string.Join('\n', differences)}");
    }

    [Theory]
    [InlineData("T: A f(A? x, B y)", "T: A f(A~ x, B y)", true)]
    [InlineData("T: A f(A x, B y)", "T: A f(A~ x, B y)", true)]
    [InlineData("T: A f(A? x, B y)", "T: A f(A x, B y)", false)]
    [InlineData("T: A f(A x, B y)", "T: A f(A? x, B y)", false)]
    [InlineData("T: A f(A x, B y)", "T: A f(A x, B y = 1)", false)]
    [InlineData("T: A f(A x)", "T: A f(A x, B y)", false)]
    public void Agree_TwoLines_TakesUnstatedNullabilityForEither(string mirrored, string original, bool expected) =>
        Assert.Equal(expected, MirrorComparison.Agree(mirrored, original));
}
