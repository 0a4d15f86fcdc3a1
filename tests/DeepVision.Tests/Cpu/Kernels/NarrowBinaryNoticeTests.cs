using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;

namespace DeepVision.Tests.Cpu.Kernels;

/// <summary>When a program is told that it could compute with more than it was compiled for.</summary>
public sealed class NarrowBinaryNoticeTests
{
    [Theory]
    [InlineData(CpuInstructionSet.Vector128, CpuInstructionSet.Avx512, "x86-x64-v4")]
    [InlineData(CpuInstructionSet.Avx2, CpuInstructionSet.Avx512, "x86-x64-v4")]
    [InlineData(CpuInstructionSet.Vector128, CpuInstructionSet.Avx2, "x86-x64-v3")]
    [InlineData(CpuInstructionSet.Scalar, CpuInstructionSet.Avx2, "x86-x64-v3")]
    public void For_ABinaryNarrowerThanTheMachine_NamesBothAndWhatToAdd(CpuInstructionSet used, CpuInstructionSet machine, string level)
    {
        string? notice = NarrowBinaryNotice.For(CpuInstructionSet.Auto, used, machine, compiledAhead: true, switchedOff: false);

        Assert.NotNull(notice);
        Assert.Contains($"has {machine}", notice, StringComparison.Ordinal);
        Assert.Contains($"with {used}", notice, StringComparison.Ordinal);
        Assert.Contains($"<IlcInstructionSet>{level}</IlcInstructionSet>", notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CpuInstructionSet.Auto, CpuInstructionSet.Avx512, CpuInstructionSet.Avx512, true, false)]
    [InlineData(CpuInstructionSet.Auto, CpuInstructionSet.Avx2, CpuInstructionSet.Avx2, true, false)]
    [InlineData(CpuInstructionSet.Auto, CpuInstructionSet.Vector128, CpuInstructionSet.Vector128, true, false)]
    [InlineData(CpuInstructionSet.Avx2, CpuInstructionSet.Avx2, CpuInstructionSet.Avx512, true, false)]
    [InlineData(CpuInstructionSet.Auto, CpuInstructionSet.Avx2, CpuInstructionSet.Avx512, true, true)]
    [InlineData(CpuInstructionSet.Auto, CpuInstructionSet.Avx2, CpuInstructionSet.Avx512, false, false)]
    public void For_ABinaryAsWideAsTheMachineOrAChoice_IsSilent(
        CpuInstructionSet requested, CpuInstructionSet used, CpuInstructionSet machine, bool compiledAhead, bool switchedOff) =>
        Assert.Null(NarrowBinaryNotice.For(requested, used, machine, compiledAhead, switchedOff));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", true)]
    [InlineData("DOTNET_EnableAVX2", "0", true)]
    [InlineData("DOTNET_EnableHWIntrinsic", "00", true)]
    [InlineData("DOTNET_EnableAVX2", "1", false)]
    [InlineData("DOTNET_EnableAVX2", "", false)]
    [InlineData("DOTNET_TieredCompilation", "0", false)]
    public void IsSwitchedOff_ByTheRuntimesVariables(string name, string value, bool expected) =>
        Assert.Equal(expected, NarrowBinaryNotice.IsSwitchedOff(asked => asked == name ? value : null));
}
