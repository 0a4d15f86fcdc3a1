using DeepVision.Cpu;

namespace DeepVision.Tests.Cpu.MachineCode;

/// <summary>The hot loops hold their sums in registers: read from the code that the JIT makes on this machine.</summary>
public sealed class MachineCodeTests
{
    // Every order of inputs with every epilogue.
    private const int TileVariants = 12;
    private const int DepthwiseVariants = 6;

    // One value for each lane or for all of them, with every epilogue.
    private const int GroupStripVariants = 12;

    [InstructionSetFact(CpuInstructionSet.Avx512)]
    public void Tiles_WithAvx512_KeepTheirSumsInRegisters() => Check(
        CpuInstructionSet.Avx512,
        new Dictionary<string, int>
        {
            ["GemmTile14x2:Run"] = 28,
            ["GemmTile14x1:Run"] = 14,
            ["GemmTile8x2:Run"] = 16,
            ["GemmTile8x1:Run"] = 8,
            ["GemmTile7x2:Run"] = 14,
            ["GemmTile7x1:Run"] = 7,
        },
        TileVariants,
        copiesFor: _ => 0);

    [InstructionSetFact(CpuInstructionSet.Avx2)]
    public void Tiles_WithAvx2_KeepTheirSumsInRegisters() => Check(
        CpuInstructionSet.Avx2,
        new Dictionary<string, int> { ["GemmTile6x2:Run"] = 12, ["GemmTile6x1:Run"] = 6 },
        TileVariants,
        copiesFor: _ => 0);

    [Arm64Fact]
    public void Tiles_OnArm64_KeepTheirSumsInRegisters() => Check(
        CpuInstructionSet.Vector128,
        new Dictionary<string, int>
        {
            // Four taps a round, or one.
            ["LaneTile8x2:RunChannels"] = 64,
            ["LaneTile8x2:RunTaps"] = 16,
            ["LaneTile8x1:RunChannels"] = 32,
            ["LaneTile8x1:RunTaps"] = 8,
        },
        TileVariants,
        copiesFor: _ => 0);

    [InstructionSetFact(CpuInstructionSet.Avx512)]
    public void DepthwiseStrips_WithAvx512_KeepTheirSumsInRegisters() =>
        Check(CpuInstructionSet.Avx512, DepthwiseStrips(), DepthwiseVariants, CopiesOfStrips);

    [InstructionSetFact(CpuInstructionSet.Avx2)]
    public void DepthwiseStrips_WithAvx2_KeepTheirSumsInRegisters() =>
        Check(CpuInstructionSet.Avx2, DepthwiseStrips(), DepthwiseVariants, CopiesOfStrips);

    [InstructionSetFact(CpuInstructionSet.Avx512)]
    public void GroupStrips_WithAvx512_KeepTheirSumsInRegisters() =>
        Check(CpuInstructionSet.Avx512, GroupStrips(), GroupStripVariants, copiesFor: _ => 0);

    [InstructionSetFact(CpuInstructionSet.Avx2)]
    public void GroupStrips_WithAvx2_KeepTheirSumsInRegisters() =>
        Check(CpuInstructionSet.Avx2, GroupStrips(), GroupStripVariants, copiesFor: _ => 0);

    private static Dictionary<string, int> GroupStrips() => new() { ["GroupStrip14:Run"] = 14, ["GroupStrip7:Run"] = 7 };

    private static Dictionary<string, int> DepthwiseStrips() => new()
    {
        ["DepthwiseStrip3:EightStride1"] = 24,
        ["DepthwiseStrip3:FourStride1"] = 12,
        ["DepthwiseStrip3:EightStride2"] = 24,
        ["DepthwiseStrip3:FourStride2"] = 12,
    };

    // Where an input is used for the last time, the JIT may write the sum over it and copy it back: at most once for a pixel, which
    // has three multiply-adds a row.
    private static int CopiesOfStrips(int multiplyAdds) => multiplyAdds / 3;

    private static void Check(
        CpuInstructionSet set, Dictionary<string, int> multiplyAdds, int variants, Func<int, int> copiesFor)
    {
        string[] classes = [.. multiplyAdds.Keys.Select(name => name.Split(':')[0]).Distinct()];
        IReadOnlyList<MethodListing> listings = CompiledKernels.Compile(set, classes);

        string register = set switch { CpuInstructionSet.Avx512 => "zmm", CpuInstructionSet.Avx2 => "ymm", _ => ".4s" };
        foreach ((string method, int expected) in multiplyAdds)
        {
            MethodListing[] found = [.. listings.Where(listing => listing.Name == method)];
            Assert.True(found.Length == variants, $"{method}: expected {variants} variants, found {found.Length}.");
            foreach (MethodListing listing in found)
            {
                IReadOnlyList<string> loop = listing.HotLoop();
                string shown = $"{listing.Title}\n{string.Join('\n', loop)}";
                int sums = loop.Where(MethodListing.IsMultiplyAdd).Count(line => line.Contains(register, StringComparison.Ordinal));
                Assert.True(sums == expected, $"Expected {expected} multiply-adds on {register}, found {sums}: {shown}");
                Assert.False(loop.Any(MethodListing.IsSpill), $"Vectors on the stack: {shown}");
                Assert.True(loop.Count(MethodListing.IsCopy) <= copiesFor(expected), $"Vectors copied between registers: {shown}");
                Assert.False(loop.Any(MethodListing.IsBroadcastOfRegister), $"Values spread from a register: {shown}");
            }
        }
    }
}
