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

    [Fact]
    public void Widest_IsAtLeastWhatThisProcessUses()
    {
        CpuInstructionSet used = InstructionSets.Resolve(CpuInstructionSet.Auto);

        if (used is CpuInstructionSet.Avx512 or CpuInstructionSet.Avx2)
        {
            Assert.InRange(MachineInstructionSet.Widest, CpuInstructionSet.Avx512, used);
        }
        else
        {
            Assert.InRange(MachineInstructionSet.Widest, CpuInstructionSet.Avx512, CpuInstructionSet.Vector128);
        }
    }

    [Theory]
    [InlineData(All512, Avx2, Saved512, true, true, CpuInstructionSet.Avx512)]
    [InlineData(All512, Avx2, Saved256, true, true, CpuInstructionSet.Avx2)]
    [InlineData(All512 & ~(1 << 30), Avx2, Saved512, true, true, CpuInstructionSet.Avx2)]
    [InlineData(0, Avx2, Saved256, true, true, CpuInstructionSet.Avx2)]
    [InlineData(0, Avx2, Saved128, true, true, CpuInstructionSet.Vector128)]
    [InlineData(0, 0, Saved256, true, true, CpuInstructionSet.Vector128)]
    [InlineData(All512, Avx2, Saved512, false, true, CpuInstructionSet.Vector128)]
    [InlineData(All512, Avx2, Saved512, true, false, CpuInstructionSet.Vector128)]
    public void From_AProcessorsAnswers_TakesWhatTheSystemSavesToo(
        int avx512, int avx2, int saved, bool fma, bool savesState, CpuInstructionSet expected) =>
        Assert.Equal(expected, MachineInstructionSet.From((leaf, _) => leaf switch
        {
            0 => (32, 0, 0, 0),
            1 => (0, 0, (fma ? 1 << 12 : 0) | (savesState ? 1 << 27 : 0), 0),
            7 => (0, avx512 | avx2, 0, 0),
            13 => (0, saved, 0, 0),
            _ => default,
        }));

    [Fact]
    public void From_AnOldProcessor_AsksForNothingThatItLacks() =>
        Assert.Equal(CpuInstructionSet.Vector128, MachineInstructionSet.From((leaf, _) => leaf == 0 ? (5, 0, 0, 0) : (-1, -1, -1, -1)));

    private const int Avx2 = 1 << 5;
    private const int All512 = 1 << 16 | 1 << 17 | 1 << 30 | 1 << 31;
    private const int Saved128 = 576;
    private const int Saved256 = 832;
    private const int Saved512 = 2696;
}
