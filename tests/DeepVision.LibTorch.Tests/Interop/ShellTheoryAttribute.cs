namespace DeepVision.LibTorch.Tests.Interop;

/// <summary>A theory that runs a script of the repository with a compiler; skipped, with the reason, where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] missing = [.. new[] { "bash", "g++" }.Where(program => !Array.Exists(folders, folder => File.Exists(Path.Combine(folder, program))))];
        Skip = missing.Length > 0 ? $"needs {string.Join(" and ", missing)} on the PATH" : null;
    }
}
