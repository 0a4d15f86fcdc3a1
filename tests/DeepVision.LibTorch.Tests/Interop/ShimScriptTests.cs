using System.Diagnostics;
using DeepVision.Tests.Shared;

namespace DeepVision.LibTorch.Tests.Interop;

/// <summary>How build/libtorch-shim.sh would compile against other libtorch versions: those here have one header.</summary>
public sealed class ShimScriptTests : IDisposable
{
    private const string NeedsCpp17 = "#if __cplusplus < 201703L\n#error C++17 is wanted\n#endif\n";
    private const string NeedsCpp20 = "#if __cplusplus < 202002L\n#error C++20 is wanted\n#endif\n";
    private const string RefusesCpp20 = "#if __cplusplus >= 202002L\n#error C++20 is too new\n#endif\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepvision-libtorch-");

    public void Dispose() => _folder.Delete(true);

    [ShellTheory]
    [InlineData("1.13.1", NeedsCpp17, 17)]
    [InlineData("2.0.1", NeedsCpp17, 17)]
    [InlineData("2.13.0", NeedsCpp17, 17)]
    [InlineData("2.14.0", NeedsCpp20, 20)]
    [InlineData("2.20.1", NeedsCpp20, 20)]
    [InlineData("3.0.0", NeedsCpp20, 20)]
    public void DryRun_OfAVersion_TakesItsStandard(string version, string header, int standard)
    {
        (int exitCode, string output) = DryRun(version, header);

        Assert.Equal($"libtorch shim: would compile against libtorch {version} ({_folder.FullName}) as C++{standard}", output.Trim());
        Assert.Equal(0, exitCode);
    }

    [ShellTheory]
    [InlineData("2.13.0", NeedsCpp20, 17, 20)]
    [InlineData("2.14.0", RefusesCpp20, 20, 17)]
    public void DryRun_HeadersThatWantTheOtherStandard_SaysSoAndTakesIt(string version, string header, int first, int standard)
    {
        (int exitCode, string output) = DryRun(version, header);

        Assert.Contains($"the headers of libtorch {version} do not compile as C++{first}: ", output, StringComparison.Ordinal);
        Assert.EndsWith($"as C++{standard}", output.Trim(), StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [ShellTheory]
    [InlineData("2.14.0", NeedsCpp20 + RefusesCpp20)]
    public void DryRun_HeadersThatDoNotCompile_Fails(string version, string header)
    {
        (int exitCode, string output) = DryRun(version, header);

        Assert.Contains($"cannot compile the headers of libtorch {version}; set CXX to a newer compiler", output, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }

    private (int ExitCode, string Output) DryRun(string version, string header)
    {
        string include = _folder.CreateSubdirectory("include").FullName;
        string api = Directory.CreateDirectory(Path.Combine(include, "torch", "csrc", "api", "include", "torch")).FullName;
        File.WriteAllText(Path.Combine(api, "version.h"), $"#define TORCH_VERSION \"{version}\"\n");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(include, "ATen")).FullName, "ATen.h"), header);
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("lib").FullName, "libtorch_cpu.so"), "");

        var start = new ProcessStartInfo("bash", ["-c", "exec build/libtorch-shim.sh --dry-run 2>&1"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            Environment = { ["LIBTORCH"] = _folder.FullName },
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
