namespace DeepVision.Imaging.Tests;

/// <summary>Which decoders the library under test was built with.</summary>
internal static class DependencySource
{
#if DEPENDENCIES_NUGET
    public const bool IsNuGet = true;
#else
    public const bool IsNuGet = false;
#endif
}
