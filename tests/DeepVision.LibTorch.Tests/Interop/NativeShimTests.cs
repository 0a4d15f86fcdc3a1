using TorchSharp.Interop;

namespace DeepVision.LibTorch.Tests.Interop;

public sealed class NativeShimTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepvision-shim-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void Find_NothingThere_NamesEveryPlaceAndTheRemedy()
    {
        string start = _folder.CreateSubdirectory("bin/Release").FullName;
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "artifacts", "libtorch"));

        (nint handle, string? problem) = NativeShim.Find(start, "/nowhere/shim.so");

        Assert.Equal(0, handle);
        Assert.Contains("/nowhere/shim.so: not there", problem, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(start, "libdeepvision_libtorch.so"), problem, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.FullName, "artifacts", "libtorch", "libdeepvision_libtorch.so"), problem, StringComparison.Ordinal);
        Assert.Contains("apt-get install g++ libtorch-dev", problem, StringComparison.Ordinal);
        Assert.Contains("build/libtorch-shim.sh", problem, StringComparison.Ordinal);
        Assert.Contains("DEEPVISION_LIBTORCH", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AFileThatIsNoLibrary_SaysWhatTheLoaderSaid()
    {
        string file = Path.Combine(_folder.FullName, "libdeepvision_libtorch.so");
        File.WriteAllText(file, "no library");

        (nint handle, string? problem) = NativeShim.Find(_folder.FullName, null);

        Assert.Equal(0, handle);
        Assert.Contains(file + ": ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(file + ": not there", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_TheVariableNamesAFolder_LooksInIt() =>
        Assert.Equal(Path.Combine(_folder.FullName, "libdeepvision_libtorch.so"), NativeShim.Candidates("/", _folder.FullName).First());

    [Fact]
    public void Availability_IsConsistent() => Assert.Equal(NativeShim.IsAvailable, NativeShim.Problem is null);
}
