using DeepVision.Cpu;

namespace DeepVision.Benchmarks;

/// <summary>
/// The command line: <c>[preset] [--batch N] [--size N] [--threads N] [--set NAME] [--runs N] [--steps] [--allocations N] [--shapes N] [--tune]</c> for a
/// network, <c>layers [--filter TEXT] [--batch N] [--threads N] [--set NAME] [--verbose]</c> for single layers.
/// </summary>
internal sealed record BenchmarkOptions
{
    internal string Preset { get; init; } = "resnet50";

    internal int Batch { get; init; } = 1;

    internal int Size { get; init; } = 224;

    internal int Threads { get; init; } = 2;

    internal CpuInstructionSet InstructionSet { get; init; }

    internal int Runs { get; init; } = 50;

    /// <summary>Runs over which the managed allocations of all threads are counted. Default none.</summary>
    internal int AllocationRuns { get; init; }

    /// <summary>How many input sizes, none of them twice, are planned and run in a row. Default none.</summary>
    internal int Shapes { get; init; }

    /// <summary>Whether the network is tuned, and timed beside what the cost model chooses.</summary>
    internal bool Tunes { get; init; }

    /// <summary>Whether each step is timed.</summary>
    internal bool Steps { get; init; }

    /// <summary>What the names of the layers to time contain. Default all.</summary>
    internal string Filter { get; init; } = "";

    /// <summary>Whether what BenchmarkDotNet says is shown.</summary>
    internal bool IsVerbose { get; init; }

    internal static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string Next() => i + 1 < arguments.Length
                ? arguments[++i]
                : throw new ArgumentException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--batch" => options with { Batch = int.Parse(Next()) },
                "--size" => options with { Size = int.Parse(Next()) },
                "--threads" => options with { Threads = int.Parse(Next()) },
                "--set" => options with { InstructionSet = Enum.Parse<CpuInstructionSet>(Next(), ignoreCase: true) },
                "--runs" => options with { Runs = int.Parse(Next()) },
                "--allocations" => options with { AllocationRuns = int.Parse(Next()) },
                "--shapes" => options with { Shapes = int.Parse(Next()) },
                "--filter" => options with { Filter = Next() },
                "--verbose" => options with { IsVerbose = true },
                "--tune" => options with { Tunes = true },
                "--steps" => options with { Steps = true },
                ['-', ..] => throw new ArgumentException($"Unknown option {arguments[i]}."),
                string preset => options with { Preset = preset },
            };
        }

        return options;
    }
}
