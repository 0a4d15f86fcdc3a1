using System.Text;

namespace DeepVision.Weights;

/// <summary>What became of one file's tensors and of the parameters it was loaded into.</summary>
public sealed record WeightReport
{
    private const int ListedKeys = 20;

    /// <summary>The file.</summary>
    public required string Source { get; init; }

    /// <summary>What it was loaded into: the whole model, or a component's name.</summary>
    public required string Target { get; init; }

    /// <summary>Keys of the model that got their values.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>Keys of the target that the file does not give.</summary>
    public required IReadOnlyList<UnmatchedKey> Missing { get; init; }

    /// <summary>Keys of the file that the model does not have.</summary>
    public required IReadOnlyList<UnmatchedKey> Unexpected { get; init; }

    /// <summary>Keys of the file that belong to parts that were not loaded, like a dropped <c>fc</c>, and tensors that are not read and nobody asked for.</summary>
    public required IReadOnlyList<string> Unused { get; init; }

    /// <summary>Keys with different shapes.</summary>
    public required IReadOnlyList<WrongShape> WrongShapes { get; init; }

    /// <summary>Keys that an older checkpoint names differently, as <c>old -> new</c>.</summary>
    public required IReadOnlyList<string> Renamed { get; init; }

    /// <summary>
    /// What stood before the file's keys and was taken away: prefixes of wrappers (<see cref="WeightFile.RemovedPrefix"/>), and a path
    /// that the model does not have, like the <c>model.</c> of Lightning. Empty where there was none.
    /// </summary>
    public string RemovedPrefix { get; init; } = "";

    /// <summary>True where nothing is missing, unexpected or wrongly shaped.</summary>
    public bool IsExact => Missing.Count == 0 && Unexpected.Count == 0 && WrongShapes.Count == 0;

    /// <summary>The report as text: one line for the result, then a list for each kind of difference.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append($"{Source} into {Target}: {Loaded.Count} loaded, {Missing.Count} missing, {Unexpected.Count} unexpected, ");
        text.Append($"{WrongShapes.Count} of wrong shape, {Unused.Count} unused, {Renamed.Count} renamed");
        if (RemovedPrefix.Length > 0)
        {
            text.Append($", prefix '{RemovedPrefix}' taken away");
        }

        List(text, "wrong shape", [.. WrongShapes.Select(wrong => $"{wrong.Key}: expected {wrong.Expected}, found {wrong.Found}")]);
        List(text, "missing", [.. Missing.Select(key => Describe(key, "the file has"))]);
        List(text, "unexpected", [.. Unexpected.Select(key => Describe(key, "the model has"))]);
        List(text, "unused", Unused);
        return text.ToString();
    }

    private static string Describe(UnmatchedKey key, string whose) =>
        key.Nearest is null ? key.Key : $"{key.Key} ({whose} {key.Nearest})";

    private static void List(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Append($"\n  {title}:");
        foreach (string line in lines.Take(ListedKeys))
        {
            text.Append($"\n    {line}");
        }

        if (lines.Count > ListedKeys)
        {
            text.Append($"\n    and {lines.Count - ListedKeys} more");
        }
    }
}
