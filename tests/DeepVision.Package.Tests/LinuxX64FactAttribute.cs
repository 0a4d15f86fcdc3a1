using System.Runtime.InteropServices;

namespace DeepVision.Package.Tests;

/// <summary>A fact about native libraries of Linux on x64; skipped, with the reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class LinuxX64FactAttribute : FactAttribute
{
    public LinuxX64FactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Skip = "looks at the native libraries for Linux on x64";
        }
    }
}
