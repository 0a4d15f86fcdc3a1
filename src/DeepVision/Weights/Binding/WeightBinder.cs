using DeepVision.Graphs;

namespace DeepVision.Weights;

/// <summary>Matches a file's tensors with a model's parameters, and reports every difference at once.</summary>
internal static class WeightBinder
{
    private const string BatchCountSuffix = ".num_batches_tracked";

    /// <summary>Puts handles under their parameters.</summary>
    /// <exception cref="WeightsException">File and target differ in a way that the options do not allow; nothing has been bound then.</exception>
    internal static WeightReport Bind(WeightFile file, WeightTarget target, WeightLoadOptions options, ModelWeights weights)
    {
        Dictionary<string, WeightHandle> tensors = RenameKeys(file, target, options, out List<string> renamed);
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
        };
        ThrowIfForbidden(report, options);
        foreach ((_, Parameter parameter, WeightHandle handle) in bound)
        {
            weights.Set(parameter, handle);
        }

        return report;
    }

    private static Dictionary<string, WeightHandle> RenameKeys(
        WeightFile file, WeightTarget target, WeightLoadOptions options, out List<string> renamed)
    {
        renamed = [];
        var tensors = new Dictionary<string, WeightHandle>();
        string prefix = options.FilePrefix;
        foreach ((string fileKey, WeightHandle handle) in file.Tensors)
        {
            // Keys outside the prefix belong to parts that were not asked for; one that hides another makes way for it.
            bool asked = fileKey.StartsWith(prefix, StringComparison.Ordinal);
            if (!asked && file.Tensors.ContainsKey(prefix + fileKey))
            {
                continue;
            }

            string key = asked ? fileKey[prefix.Length..] : fileKey;
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

    private static void ThrowIfForbidden(WeightReport report, WeightLoadOptions options)
    {
        bool forbidden =
            (options.MissingKeys == MismatchPolicy.Error && report.Missing.Count > 0)
            || (options.UnexpectedKeys == MismatchPolicy.Error && report.Unexpected.Count > 0)
            || (options.WrongShapes == MismatchPolicy.Error && report.WrongShapes.Count > 0);
        if (forbidden)
        {
            throw new WeightsException(
                $"The weights do not fit. {report}\nChoose the matching preset, load one component, or allow the difference in "
                + $"{nameof(WeightLoadOptions)} ({nameof(WeightLoadOptions.MissingKeys)}, {nameof(WeightLoadOptions.UnexpectedKeys)}, "
                + $"{nameof(WeightLoadOptions.WrongShapes)}).")
            {
                FileName = report.Source,
                Key = report.WrongShapes.Select(wrong => wrong.Key).Concat(report.Missing.Concat(report.Unexpected).Select(key => key.Key)).First(),
            };
        }
    }
}
