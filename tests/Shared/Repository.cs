namespace DeepVision.Tests.Shared;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder that holds DeepVision.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder of the repository.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "DeepVision.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"DeepVision.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
