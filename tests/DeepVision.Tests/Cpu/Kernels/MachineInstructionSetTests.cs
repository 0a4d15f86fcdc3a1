using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;

namespace DeepVision.Tests.Cpu.Kernels;

/// <summary>What processors can do, from what they answer.</summary>
public sealed class MachineInstructionSetTests
{
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

    /// <summary>
    /// Processors, hypervisors and systems: which features leaves 1 and 7 tell of, which parts of the registers there are and which the system
    /// saves. Layouts follow the makers' manuals; <see cref="From_AnswersReadFromAnEpyc_IsAvx512"/> has a machine's own answers.
    /// </summary>
    public static TheoryData<string, CpuInstructionSet> Processors => new()
    {
        { "Intel Skylake-SP, bounds registers", CpuInstructionSet.Avx512 },
        { "Intel Ice Lake-SP", CpuInstructionSet.Avx512 },
        { "Intel Sapphire Rapids, AMX", CpuInstructionSet.Avx512 },
        { "Intel Sapphire Rapids, AMX not switched on", CpuInstructionSet.Avx512 },
        { "Intel Haswell", CpuInstructionSet.Avx2 },
        { "Intel Alder Lake, AVX-512 fused off", CpuInstructionSet.Avx2 },
        { "Intel Ice Lake-SP, system without AVX-512", CpuInstructionSet.Avx2 },
        { "Intel Ice Lake-SP, system without AVX-512 but with protection keys", CpuInstructionSet.Avx2 },
        { "Intel Sapphire Rapids, system without AVX-512 but with AMX", CpuInstructionSet.Avx2 },
        { "Intel Ice Lake-SP, system without AVX but with protection keys", CpuInstructionSet.Vector128 },
        { "Intel Ice Lake-SP, part of AVX-512 hidden", CpuInstructionSet.Avx2 },
        { "Intel Ice Lake-SP, compaction hidden", CpuInstructionSet.Avx512 },
        { "AMD Zen 2", CpuInstructionSet.Avx2 },
        { "AMD Zen 4", CpuInstructionSet.Avx512 },
        { "AMD Zen 5", CpuInstructionSet.Avx512 },
        { "AMD Zen 5, system without AVX-512", CpuInstructionSet.Avx2 },
        { "AMD Zen 5, system without AVX-512 but with protection keys", CpuInstructionSet.Avx2 },
        { "XSAVE hidden by the hypervisor", CpuInstructionSet.Vector128 },
        { "XSAVE not switched on by the system", CpuInstructionSet.Vector128 },
        { "leaf 13 zero", CpuInstructionSet.Vector128 },
        { "FMA hidden", CpuInstructionSet.Vector128 },
        { "MOVBE hidden", CpuInstructionSet.Vector128 },
        { "F16C hidden", CpuInstructionSet.Vector128 },
        { "BMI2 hidden", CpuInstructionSet.Vector128 },
        { "LZCNT hidden", CpuInstructionSet.Vector128 },
        { "no extended leaf", CpuInstructionSet.Vector128 },
        { "AVX-512 CD hidden", CpuInstructionSet.Avx2 },
        { "Intel Core 2, no leaf 13", CpuInstructionSet.Vector128 },
    };

    [Theory]
    [MemberData(nameof(Processors))]
    public void From_AProcessorsAnswers_TakesWhatTheSystemSavesToo(string name, CpuInstructionSet expected) =>
        Assert.Equal(expected, MachineInstructionSet.From(Named(name).Answer));

    /// <summary>
    /// Read from an AMD EPYC of family 19h, model 11h (Zen 4) in a virtual machine of KVM, which hides the protection keys. Leaf 4 is zero, as on
    /// every processor of AMD's. The second case is the same where leaves 0xB and 0x8000001D are hidden as well.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void From_AnswersReadFromAnEpyc_IsAvx512(bool cachesHidden) =>
        Assert.Equal(CpuInstructionSet.Avx512, MachineInstructionSet.From((leaf, part) => Epyc(leaf, part, cachesHidden)));

    [Fact]
    public void Answer_OfTheTablesZen4_IsWhatTheEpycSays()
    {
        Processor zen4 = Named("AMD Zen 4");

        Assert.All([0, 1, 2, 5, 6, 7, 9], part => Assert.Equal(Epyc(13, part, cachesHidden: false), zen4.Answer(13, part)));
    }

    /// <summary>
    /// The engine's blocking is the same whatever the vendor, the caches and the cores are, so that results are: only the features and the saved
    /// registers are asked for, of whatever processor.
    /// </summary>
    [Theory]
    [MemberData(nameof(Processors))]
    public void From_AnyProcessor_AsksForFeaturesAndSavedRegistersOnly(string name, CpuInstructionSet expected)
    {
        var asked = new HashSet<int>();
        CpuInstructionSet found = MachineInstructionSet.From((leaf, part) =>
        {
            asked.Add(leaf);
            return Named(name).Answer(leaf, part);
        });

        Assert.Equal(expected, found);
        Assert.Subset(new HashSet<int> { 0, 1, 7, 13, ExtendedLeaves, ExtendedFeatures }, asked);
    }

    private const int ExtendedLeaves = unchecked((int)0x80000000);
    private const int ExtendedFeatures = unchecked((int)0x80000001);
    private const int Fma = 1 << 12;
    private const int Movbe = 1 << 22;
    private const int Save = 1 << 27;
    private const int F16c = 1 << 29;
    private const int AllFeatures = Fma | Movbe | Save | 1 << 28 | F16c;
    private const int Bmi2 = 1 << 8;
    private const int All256 = 1 << 3 | 1 << 5 | Bmi2;
    private const int Conflicts = 1 << 28;
    private const int All512 = 1 << 16 | 1 << 17 | Conflicts | 1 << 30 | 1 << 31;

    // Parts by their numbers: x87 and SSE, AVX, bounds registers, AVX-512, protection keys, tiles.
    private const int Sse = 0x3;
    private const int Avx = 0x4;
    private const int Bounds = 0x18;
    private const int Parts512 = 0xe0;
    private const int Keys = 0x200;
    private const int Tiles = 0x60000;
    private const int ShadowStacks = 0x1800;

    private const int SkylakeParts = Sse | Avx | Bounds | Parts512 | Keys;
    private const int IceLakeParts = Sse | Avx | Parts512 | Keys;
    private const int SapphireRapidsParts = IceLakeParts | Tiles;
    private const int Zen4Parts = Sse | Avx | Parts512;
    private const int Zen5Parts = Zen4Parts | Keys;
    private const int NarrowParts = Sse | Avx;

    private static Processor Named(string name) => name switch
    {
        "Intel Skylake-SP, bounds registers" => new() { Parts = SkylakeParts },
        "Intel Ice Lake-SP" => new() { Parts = IceLakeParts },
        "Intel Sapphire Rapids, AMX" => new() { Parts = SapphireRapidsParts, Supervisor = ShadowStacks },
        "Intel Sapphire Rapids, AMX not switched on" => new() { Parts = SapphireRapidsParts, Saved = IceLakeParts },
        "Intel Haswell" => new() { More = All256, Parts = NarrowParts, Compaction = 1 },
        "Intel Alder Lake, AVX-512 fused off" => new() { More = All256, Parts = NarrowParts | Keys, Supervisor = ShadowStacks },
        "Intel Ice Lake-SP, system without AVX-512" => new() { Parts = IceLakeParts, Saved = NarrowParts },
        "Intel Ice Lake-SP, system without AVX-512 but with protection keys" => new() { Parts = IceLakeParts, Saved = NarrowParts | Keys },
        "Intel Sapphire Rapids, system without AVX-512 but with AMX" =>
            new() { Parts = SapphireRapidsParts, Saved = NarrowParts | Keys | Tiles, Supervisor = ShadowStacks },
        "Intel Ice Lake-SP, system without AVX but with protection keys" => new() { Parts = IceLakeParts, Saved = Sse | Keys },
        "Intel Ice Lake-SP, part of AVX-512 hidden" => new() { More = All256 | (All512 & ~(1 << 30)), Parts = IceLakeParts },
        "Intel Ice Lake-SP, compaction hidden" => new() { Parts = IceLakeParts, Compaction = 1 },
        "AMD Zen 2" => new() { More = All256, Parts = NarrowParts, Amd = true },
        "AMD Zen 4" => new() { Parts = Zen4Parts, Supervisor = ShadowStacks, Amd = true },
        "AMD Zen 5" => new() { Parts = Zen5Parts, Supervisor = ShadowStacks, Amd = true },
        "AMD Zen 5, system without AVX-512" => new() { Parts = Zen5Parts, Saved = NarrowParts, Amd = true },
        "AMD Zen 5, system without AVX-512 but with protection keys" =>
            new() { Parts = Zen5Parts, Saved = NarrowParts | Keys, Supervisor = ShadowStacks, Amd = true },
        "XSAVE hidden by the hypervisor" => new() { Features = AllFeatures & ~Save, Parts = 0 },
        "XSAVE not switched on by the system" => new() { Features = AllFeatures & ~Save, Parts = Zen4Parts, Saved = Sse, Amd = true },
        "leaf 13 zero" => new() { Parts = 0 },
        "FMA hidden" => new() { Features = AllFeatures & ~Fma, Parts = Zen4Parts, Amd = true },
        "MOVBE hidden" => new() { Features = AllFeatures & ~Movbe, Parts = Zen4Parts, Amd = true },
        "F16C hidden" => new() { Features = AllFeatures & ~F16c, Parts = Zen4Parts, Amd = true },
        "BMI2 hidden" => new() { More = (All256 & ~Bmi2) | All512, Parts = Zen4Parts, Amd = true },
        "LZCNT hidden" => new() { Extended = 0, Parts = Zen4Parts, Amd = true },
        "no extended leaf" => new() { Extended = null, Parts = Zen4Parts, Amd = true },
        "AVX-512 CD hidden" => new() { More = All256 | (All512 & ~Conflicts), Parts = Zen4Parts, Amd = true },
        "Intel Core 2, no leaf 13" => new() { Features = 0, More = 0, Parts = 0, Leaves = 10 },
        _ => throw new ArgumentException($"No answers of '{name}' are known.", nameof(name)),
    };

    private static (int Eax, int Ebx, int Ecx, int Edx) Epyc(int leaf, int part, bool cachesHidden) => (leaf, part) switch
    {
        (0, 0) => (0x1c, 0x68747541, 0x444d4163, 0x69746e65),
        (1, 0) => (0x00a10f11, 0x00020800, unchecked((int)0xfffa3203), 0x178bfbff),
        (7, 0) => (1, unchecked((int)0xf1bf07ab), 0x00405fc6, 0x10),
        (7, 1) => (0x20, 0, 0, 0),
        (0xb, 0) when !cachesHidden => (0, 1, 0x100, 0),
        (0xb, 1) when !cachesHidden => (5, 2, 0x201, 0),
        (13, 0) => (0xe7, 0x980, 0x980, 0),
        (13, 1) => (0xf, 0x9a8, 0x1800, 0),
        (13, 2) => (0x100, 0x240, 0, 0),
        (13, 5) => (0x40, 0x340, 0, 0),
        (13, 6) => (0x200, 0x380, 0, 0),
        (13, 7) => (0x400, 0x580, 0, 0),
        (13, 11) => (0x10, 0, 1, 0),
        (13, 12) => (0x18, 0, 1, 0),
        (ExtendedLeaves, 0) => (unchecked((int)0x80000021), 0x68747541, 0x444d4163, 0x69746e65),
        (ExtendedFeatures, 0) => (0x00a10f11, 0x40000000, 0x004003f3, 0x2fd3fbff),
        (unchecked((int)0x8000001d), 0) when !cachesHidden => (0x121, 0x01c0003f, 0x3f, 0),
        (unchecked((int)0x8000001d), 1) when !cachesHidden => (0x122, 0x01c0003f, 0x3f, 0),
        (unchecked((int)0x8000001d), 2) when !cachesHidden => (0x143, 0x01c0003f, 0x7ff, 2),
        (unchecked((int)0x8000001d), 3) when !cachesHidden => (0x4163, 0x03c0003f, 0x7fff, 1),
        _ => default,
    };

    /// <summary>A processor as its maker describes it, with what the system on it saves; it answers as the instruction does.</summary>
    private sealed record Processor
    {
        private const int Header = 576;

        internal int Leaves { get; init; } = 32;

        internal int Features { get; init; } = AllFeatures;

        internal int More { get; init; } = All256 | All512;

        /// <summary>Features of the extended leaf; null where there is none.</summary>
        internal int? Extended { get; init; } = 1 << 5;

        /// <summary>The parts that there are.</summary>
        internal required int Parts { get; init; }

        /// <summary>Those that the system saves; null for all.</summary>
        internal int? Saved { get; init; }

        /// <summary>Parts of the system's own, which the compacted area holds too.</summary>
        internal int Supervisor { get; init; }

        /// <summary>Leaf 13's features: bits 1 and 3 are the instructions with a compacted area.</summary>
        internal int Compaction { get; init; } = 0xf;

        /// <summary>Whether there is no room for bounds registers in front of AVX-512.</summary>
        internal bool Amd { get; init; }

        internal (int Eax, int Ebx, int Ecx, int Edx) Answer(int leaf, int part) => (leaf, part) switch
        {
            _ when leaf > Leaves => throw new InvalidOperationException($"Leaf {leaf} is asked for and is not there."),
            (0, _) => (Leaves, 0, 0, 0),
            (1, _) => (0, 0, Features, 0),
            (7, _) => (0, More, 0, 0),
            (ExtendedLeaves, _) => (Extended is null ? ExtendedLeaves : unchecked((int)0x80000021), 0, 0, 0),
            (ExtendedFeatures, _) => (0, 0, Extended ?? throw new InvalidOperationException("The extended leaf is asked for and is not there."), 0),
            (13, _) when Parts == 0 => default,
            (13, 0) => (Parts, Standard(Saved ?? Parts), Standard(Parts), 0),
            (13, 1) => (Compaction, (Compaction & 0xa) == 0 ? 0 : Compacted((Saved ?? Parts) | Supervisor), Supervisor, 0),
            (13, _) => PartAnswer(part),
            _ => default,
        };

        private (int Size, int Offset, int Flags, int Reserved) PartAnswer(int part) =>
            ((Parts | Supervisor) >> part & 1) == 0 ? default : part switch
            {
                2 => (256, 576, 0, 0),
                3 => (64, 960, 0, 0),
                4 => (64, 1024, 0, 0),
                5 => (64, Amd ? 832 : 1088, 0, 0),
                6 => (512, Amd ? 896 : 1152, 0, 0),
                7 => (1024, Amd ? 1408 : 1664, 0, 0),
                9 => (8, Amd ? 2432 : 2688, 0, 0),
                11 => (16, 0, 1, 0),
                12 => (24, 0, 1, 0),
                17 => (64, 2752, 2, 0),
                18 => (8192, 2816, 2, 0),
                _ => default,
            };

        private static IEnumerable<int> Numbers(int parts) => Enumerable.Range(2, 29).Where(part => (parts >> part & 1) != 0);

        private int Standard(int parts) => Numbers(parts).Select(PartAnswer).Select(part => part.Offset + part.Size).Append(Header).Max();

        private int Compacted(int parts) => Numbers(parts).Select(PartAnswer).Aggregate(
            Header, (end, part) => ((part.Flags & 2) != 0 ? (end + 63) / 64 * 64 : end) + part.Size);
    }
}
