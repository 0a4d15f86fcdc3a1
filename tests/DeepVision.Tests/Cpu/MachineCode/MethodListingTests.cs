namespace DeepVision.Tests.Cpu.MachineCode;

/// <summary>What is looked for in listings is found where it is.</summary>
public sealed class MethodListingTests
{
    private const string Listing = """
        ; Assembly listing for method Some.Space.Tile6x2`4[Other.Ops,System.Vector`1[float]]:Run(ptr) (FullOpts)
        ; rbp based frame

        G_M000_IG01:                ;; offset=0x0000
               vmovaps  ymm1, ymm0

        G_M000_IG02:                ;; offset=0x0010
               vfmadd231ps ymm3, ymm1, ymm2

        G_M000_IG03:                ;; offset=0x0020
               vmovups  ymm4, ymmword ptr [rax]
               vfmadd231ps ymm5, ymm4, ymm2
               vfmadd213ps ymm5, ymm4, ymmword ptr [rbp-0x20]
               dec      rbx
               jg       SHORT G_M000_IG03

        G_M000_IG04:                ;; offset=0x0030
               dec      rcx
               jne      G_M000_IG02
               ret
        ; Assembly listing for method Some.Space.Tile6x2`4[Other.Ops,System.Vector`1[float]]:Walk(ptr) (FullOpts)
        G_M000_IG01:                ;; offset=0x0000
               ret
        """;

    [Fact]
    public void HotLoop_OfNestedLoops_IsTheInnermostWithMultiplyAdds()
    {
        IReadOnlyList<MethodListing> found = MethodListing.ParseAll(Listing);

        Assert.Equal(["Tile6x2:Run", "Tile6x2:Walk"], found.Select(listing => listing.Name));
        Assert.Equal(
            [
                "vmovups  ymm4, ymmword ptr [rax]",
                "vfmadd231ps ymm5, ymm4, ymm2",
                "vfmadd213ps ymm5, ymm4, ymmword ptr [rbp-0x20]",
                "dec      rbx",
                "jg       SHORT G_M000_IG03",
            ],
            found[0].HotLoop());
        Assert.Empty(found[1].HotLoop());
    }

    [Fact]
    public void HotLoop_OfArm64_EndsWithItsBranch()
    {
        const string Loop = """
            ; Assembly listing for method Some.Space.Tile8x2`4[Other.Ops]:Run(ptr) (FullOpts)
            G_M000_IG03:                ;; offset=0x0064
                        ldp     q7, q6, [x1]
                        fmla    v16.4s, v8.4s, v7.s[0]
                        bgt     G_M000_IG03
            G_M000_IG04:
                        ret     lr
            """;

        Assert.Equal(3, MethodListing.ParseAll(Loop)[0].HotLoop().Count);
    }

    [Theory]
    [InlineData("vmovups  zmmword ptr [rsp+0x40], zmm3", true, false, false)]
    [InlineData("vmovaps  ymm3, ymmword ptr [rbp-0x60]", true, false, false)]
    [InlineData("vfmadd231ps zmm1, zmm2, zmmword ptr [rsp]", true, false, false)]
    [InlineData("vmovaps  zmm1, zmm31", false, true, false)]
    [InlineData("vbroadcastss zmm30, xmm30", false, false, true)]
    [InlineData("vbroadcastss zmm30, dword ptr [rax+0x40]", false, false, false)]
    [InlineData("vmovups  zmm28, zmmword ptr [rcx+0x40]", false, false, false)]
    [InlineData("mov      rax, qword ptr [rbp-0x08]", false, false, false)]
    [InlineData("stp     q8, q9, [sp, #0x20]", true, false, false)]
    [InlineData("ldr     q8, [fp, #-0x10]", true, false, false)]
    [InlineData("mov     v17.16b, v16.16b", false, true, false)]
    [InlineData("dup     v2.4s, v1.s[0]", false, false, true)]
    [InlineData("ldp     q7, q6, [x1]", false, false, false)]
    [InlineData("fmla    v16.4s, v8.4s, v7.s[0]", false, false, false)]
    public void Instructions_AreToldApart(string instruction, bool spill, bool copy, bool broadcast)
    {
        Assert.Equal(spill, MethodListing.IsSpill(instruction));
        Assert.Equal(copy, MethodListing.IsCopy(instruction));
        Assert.Equal(broadcast, MethodListing.IsBroadcastOfRegister(instruction));
    }
}
