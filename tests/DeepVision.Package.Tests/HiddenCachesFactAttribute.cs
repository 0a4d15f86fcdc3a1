namespace DeepVision.Package.Tests;

/// <summary>A fact about a libtorch that sees no caches; skipped, with the reason, where <see cref="HiddenCaches"/> cannot bring that about.</summary>
internal sealed class HiddenCachesFactAttribute : LinuxX64FactAttribute
{
    public HiddenCachesFactAttribute() => Skip ??= HiddenCaches.ReasonToSkip;
}
