using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepVision.Tests.Lanes;

/// <summary>The lane that test.sh set up must be the one that the runtime really gives; else its other tests prove nothing.</summary>
public sealed class InstructionSetLaneTests
{
    [Fact]
    public void Lane_SetByTheEnvironment_IsWhatTheRuntimeOffers()
    {
        (bool avx512, bool avx2, bool vector128) expected = Environment.GetEnvironmentVariable("DEEPVISION_LANE") switch
        {
            "avx2" => (false, true, true),
            "vector128" => (false, false, true),
            "scalar" => (false, false, false),
            null or "" => (Avx512F.IsSupported, Avx2.IsSupported, Vector128.IsHardwareAccelerated),
            string other => throw new InvalidOperationException($"DEEPVISION_LANE is '{other}'; expected avx2, vector128 or scalar."),
        };

        Assert.Equal(expected, (Avx512F.IsSupported, Avx2.IsSupported, Vector128.IsHardwareAccelerated));
    }
}
