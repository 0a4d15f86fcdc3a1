using System.Text;
using DeepVision.Graphs;

namespace DeepVision.Weights;

/// <summary>Matches a file's tensors with a model's parameters, and reports every difference at once.</summary>
internal static class WeightBinder
{
    private const int ListedKeys = 20;
    private const string BatchCountSuffix = ".num_batches_tracked";

    /// <summary>Puts handles under their parameters.</summary>
    /// <exception cref="WeightsException">File and target differ in a way that the options do not allow; nothing has been bound then.</exception>
    internal static WeightReport Bind(WeightFile file, WeightTarget target, WeightLoadOptions options, ModelWeights weights)
    {
        KeyPrefix prefix = PrefixOf(file, target, options, out IReadOnlyList<string> choices);
        Dictionary<string, WeightHandle> tensors = RenameKeys(file, target, prefix, out List<string> renamed);
        var bound = new List<(string Key, Parameter Parameter, WeightHandle Handle)>();
        var missing = new List<string>();
        var wrongShapes = new List<WrongShape>();
        foreach ((string key, Parameter parameter) in target.Parameters)
        {
            if (!tensors.Remove(key, out WeightHandle? handle))
            {
                // A batch count is of no use but for training; checkpoints before PyTorch 0.4.1 have none and it starts at 0.
                if (parameter.Role != ParameterRole.BatchCount)
                {
                    missing.Add(key);
                }
            }
            else if (parameter.Shape.Rank == 0 && handle.Shape.Rank == 1 && handle.Shape[0] > 0)
            {
                // As PyTorch does: single numbers had one dimension before version 0.4.
                bound.Add((key, parameter, new FirstElementHandle(handle)));
            }
            else if (handle.Shape != parameter.Shape)
            {
                wrongShapes.Add(new WrongShape(key, parameter.Shape, handle.Shape));
            }
            else
            {
                bound.Add((key, parameter, handle));
            }
        }

        // A frozen norm keeps no batch count; a file that has one is fine.
        var unused = tensors.Keys.Where(key => target.IsPart || IsBatchCountOfFrozenNorm(key, target)).ToList();
        string[] unexpected = [.. tensors.Keys.Except(unused)];
        unused.AddRange(file.UnreadableTensors.Keys.Where(key => !missing.Contains(KeyOf(key, prefix))));
        string[] others = target.IsPart ? [.. unused] : unexpected;
        var report = new WeightReport
        {
            Source = file.Name,
            Target = target.Name,
            Loaded = [.. bound.Select(item => item.Key)],
            Missing = [.. missing.Select(key => new UnmatchedKey(key, NearestName.Find(key, others)))],
            Unexpected = [.. unexpected.Select(key => new UnmatchedKey(key, NearestName.Find(key, missing)))],
            Unused = unused,
            WrongShapes = wrongShapes,
            Renamed = renamed,
            RemovedPrefix = prefix.Added.Length > 0 ? "" : file.RemovedPrefix + prefix.Removed,
        };
        ThrowIfForbidden(report, options, file, missing.Where(key => ProblemOf(file, key, prefix) is not null).Select(key => $"{key}: {ProblemOf(file, key, prefix)}"), choices);
        foreach ((_, Parameter parameter, WeightHandle handle) in bound)
        {
            weights.Set(parameter, handle);
        }

        return report;
    }

    private static KeyPrefix PrefixOf(WeightFile file, WeightTarget target, WeightLoadOptions options, out IReadOnlyList<string> choices)
    {
        choices = [];
        if (options.FilePrefix.Length > 0)
        {
            return new KeyPrefix(options.FilePrefix, "");
        }

        return ReferenceEquals(target.Prefix, KeyPrefix.Unknown)
            ? KeyPrefix.Find(file, NeededKeys(target), target.FormerKeys, out choices)
            : target.Prefix;
    }

    /// <summary>The keys that a file has to give.</summary>
    internal static IReadOnlyCollection<string> NeededKeys(WeightTarget target) =>
        [.. target.Parameters.Where(pair => pair.Value.Role != ParameterRole.BatchCount).Select(pair => pair.Key)];

    private static string KeyOf(string fileKey, KeyPrefix prefix) =>
        prefix.Added + (fileKey.StartsWith(prefix.Removed, StringComparison.Ordinal) ? fileKey[prefix.Removed.Length..] : fileKey);

    // Why the file's tensor of that name is not read, where it has one.
    private static string? ProblemOf(WeightFile file, string key, KeyPrefix prefix)
    {
        string bare = key.StartsWith(prefix.Added, StringComparison.Ordinal) ? key[prefix.Added.Length..] : key;
        return file.UnreadableTensors.GetValueOrDefault(prefix.Removed + bare);
    }

    private static Dictionary<string, WeightHandle> RenameKeys(
        WeightFile file, WeightTarget target, KeyPrefix keyPrefix, out List<string> renamed)
    {
        renamed = [];
        var tensors = new Dictionary<string, WeightHandle>();
        string prefix = keyPrefix.Removed;
        foreach ((string fileKey, WeightHandle handle) in file.Tensors)
        {
            // Keys outside the prefix belong to parts that were not asked for; one that hides another makes way for it.
            bool asked = fileKey.StartsWith(prefix, StringComparison.Ordinal);
            if (!asked && file.Tensors.ContainsKey(prefix + fileKey))
            {
                continue;
            }

            string key = KeyOf(fileKey, keyPrefix);
            if (target.FormerKeys.TryGetValue(key, out string? current) && !target.Parameters.ContainsKey(key)
                && !file.Tensors.ContainsKey(prefix + current))
            {
                renamed.Add($"{key} -> {current}");
                key = current;
            }

            if (!tensors.TryAdd(key, handle))
            {
                throw new WeightsException(
                    $"{file.Name}: two tensors would be '{key}', one of them '{fileKey}'. Load a file that holds one model, or change FilePrefix.")
                {
                    FileName = file.Name,
                    Key = key,
                };
            }
        }

        return tensors;
    }

    private static bool IsBatchCountOfFrozenNorm(string key, WeightTarget target) =>
        key.EndsWith(BatchCountSuffix, StringComparison.Ordinal)
        && target.Parameters.TryGetValue(key[..^BatchCountSuffix.Length] + ".running_var", out _);

    private static void ThrowIfForbidden(
        WeightReport report, WeightLoadOptions options, WeightFile file, IEnumerable<string> unreadable, IReadOnlyList<string> choices)
    {
        bool forbidden =
            (options.MissingKeys == MismatchPolicy.Error && report.Missing.Count > 0)
            || (options.UnexpectedKeys == MismatchPolicy.Error && report.Unexpected.Count > 0)
            || (options.WrongShapes == MismatchPolicy.Error && report.WrongShapes.Count > 0);
        if (forbidden)
        {
            throw new WeightsException(
                $"The weights do not fit. {report}{Hints(report, file, unreadable, choices)}\nChoose the matching preset, load one component, or allow the difference in "
                + $"{nameof(WeightLoadOptions)} ({nameof(WeightLoadOptions.MissingKeys)}, {nameof(WeightLoadOptions.UnexpectedKeys)}, "
                + $"{nameof(WeightLoadOptions.WrongShapes)}).")
            {
                FileName = report.Source,
                Key = report.WrongShapes.Select(wrong => wrong.Key).Concat(report.Missing.Concat(report.Unexpected).Select(key => key.Key)).First(),
            };
        }
    }

    private static string Hints(WeightReport report, WeightFile file, IEnumerable<string> unreadable, IReadOnlyList<string> choices)
    {
        var hints = new StringBuilder();
        foreach (string line in unreadable.Take(ListedKeys))
        {
            hints.Append($"\nIn the file but not read: {line}.");
        }

        if (choices.Count > 0)
        {
            hints.Append(
                $"\nThe model's keys stand in the file under each of {string.Join(", ", choices.Take(ListedKeys).Select(choice => $"'{choice}'"))}; "
                + $"say which by {nameof(WeightLoadOptions)}.{nameof(WeightLoadOptions.FilePrefix)}, with "
                + $"{nameof(WeightLoadOptions.UnexpectedKeys)} = {nameof(MismatchPolicy)}.{nameof(MismatchPolicy.Report)} for the keys outside it.");
        }
        else if (report.Loaded.Count == 0 && KeyPrefix.SharedBy(file.Tensors.Keys) is [.., var shared])
        {
            hints.Append($"\nAll keys of the file begin with '{shared}'.");
        }

        if (file.OtherRoots.Count > 0)
        {
            hints.Append(
                $"\nThe tensors are those of '{file.Root}'; the file also has {string.Join(", ", file.OtherRoots.Take(ListedKeys).Select(root => $"'{root}'"))} "
                + $"({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.Root)}).");
        }

        return hints.ToString();
    }
}
