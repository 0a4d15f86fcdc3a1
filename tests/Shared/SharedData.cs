namespace DeepVision.Tests.Shared;

/// <summary>
/// The folder of real weights and images beside the repository: the environment variable DEEPVISION_SHARED, or ../shared
/// from the repository's root.
/// </summary>
internal static class SharedData
{
    private const string Variable = "DEEPVISION_SHARED";

    public static string? Root { get; } = Find();

    /// <summary>The path of a file under <c>shared/data</c>, for example <c>weights/cifar10-resnet20.th</c>.</summary>
    public static string PathOf(string relativePath) =>
        Path.Combine(Root ?? throw new InvalidOperationException("There is no shared data folder; use [SharedDataFact]."), "data", relativePath);

    /// <summary>Why a test that needs these files cannot run here; null where it can, or where it must and would fail.</summary>
    public static string? ReasonToSkip(string[] relativePaths)
    {
        if (Root is null)
        {
            return $"needs ../shared/data beside the repository, or {Variable}";
        }

        string? missing = relativePaths.FirstOrDefault(path => !Path.Exists(PathOf(path)));
        bool mustRun = Environment.GetEnvironmentVariable("CI") == "true";
        return missing is null || mustRun ? null : $"needs {missing} in the shared data folder";
    }

    private static string? Find()
    {
        string? given = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(given))
        {
            return Directory.Exists(given) ? given : null;
        }

        string shared = Repository.PathOf("..", "shared");
        return Directory.Exists(shared) ? Path.GetFullPath(shared) : null;
    }
}
