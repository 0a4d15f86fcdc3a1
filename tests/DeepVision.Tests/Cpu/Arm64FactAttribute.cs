using System.Runtime.Intrinsics.Arm;

namespace DeepVision.Tests.Cpu;

/// <summary>A fact about the code for arm64; skipped, with the reason, on other processors.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class Arm64FactAttribute : FactAttribute
{
    public Arm64FactAttribute() => Skip = AdvSimd.Arm64.IsSupported ? null : "This process does not run on arm64; ./test.sh --arm64 emulates it.";
}
