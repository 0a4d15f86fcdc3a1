using System.Text.RegularExpressions;

namespace DeepVision.Tests.Cpu.MachineCode;

/// <summary>The x64 or arm64 instructions that the JIT printed for one method, with their labels.</summary>
internal sealed partial class MethodListing
{
    private const string Begin = "; Assembly listing for method ";
    private readonly string[] _lines;

    private MethodListing(string text)
    {
        _lines = text.Split('\n');
        Title = _lines[0].TrimEnd();
    }

    /// <summary>The method with its type arguments, as the JIT names it.</summary>
    internal string Title { get; }

    /// <summary>The class without its type arguments, a colon, the method.</summary>
    internal string Name => NameParts().Match(Title) is { Success: true } found
        ? $"{found.Groups["class"].Value}:{found.Groups["method"].Value}"
        : throw new FormatException($"The JIT's title has another form than expected: '{Title}'.");

    /// <summary>All listings of the file that the JIT wrote.</summary>
    internal static IReadOnlyList<MethodListing> ParseAll(string text) =>
        [.. text.Split(Begin).Skip(1).Select(part => new MethodListing(part))];

    /// <summary>The instructions of the innermost loop that has the most multiply-adds; empty where no loop has any.</summary>
    internal IReadOnlyList<string> HotLoop()
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var loops = new List<(int Begin, int End)>();
        for (int i = 0; i < _lines.Length; i++)
        {
            if (Label().Match(_lines[i]) is { Success: true } label)
            {
                labels.Add(label.Value, i);
            }
            else if (Jump().Match(_lines[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups["target"].Value, out int target))
            {
                loops.Add((target, i));
            }
        }

        return loops
            .Where(loop => !loops.Any(other => other != loop && other.Begin >= loop.Begin && other.End <= loop.End))
            .Select(loop => Instructions(_lines[loop.Begin..(loop.End + 1)]))
            .Where(body => body.Any(IsMultiplyAdd))
            .MaxBy(body => body.Count(IsMultiplyAdd)) ?? [];
    }

    internal static bool IsMultiplyAdd(string instruction) =>
        instruction.StartsWith("vfmadd", StringComparison.Ordinal) || instruction.StartsWith("fmla", StringComparison.Ordinal);

    /// <summary>A vector written to the stack or read from it.</summary>
    internal static bool IsSpill(string instruction) => VectorOnStack().IsMatch(instruction);

    /// <summary>A vector copied from a register to another one.</summary>
    internal static bool IsCopy(string instruction) => Copy().IsMatch(instruction);

    /// <summary>A value that went through a register of its own before it was spread, instead of from memory to all lanes.</summary>
    internal static bool IsBroadcastOfRegister(string instruction) => BroadcastOfRegister().IsMatch(instruction);

    private static IReadOnlyList<string> Instructions(string[] lines) =>
        [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != ';' && !Label().IsMatch(line))];

    [GeneratedRegex(@"^[\w.]*?(?<class>\w+)`\d+\[.*\]:(?<method>\w+)\(")]
    private static partial Regex NameParts();

    [GeneratedRegex(@"^G_M\w+(?=:)")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s*(j\w+|b\w*|cbn?z\s+\w+,|tbn?z\s+\w+, #\w+,)\s+(SHORT\s+)?(?<target>G_M\w+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"[xyz]mm(\d|word).*\[r[bs]p\b|\[r[bs]p\b.*[xyz]mm\d|\b[qd]\d+,.*\[(sp|fp)\b")]
    private static partial Regex VectorOnStack();

    [GeneratedRegex(@"^vmov\w+\s+[xyz]mm\d+, [xyz]mm\d|^mov\s+v\d+\.\w+, v\d")]
    private static partial Regex Copy();

    [GeneratedRegex(@"^vbroadcastss\s+[xyz]mm\d+, xmm\d|^dup\s+v\d")]
    private static partial Regex BroadcastOfRegister();
}
