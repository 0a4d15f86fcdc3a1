using DeepVision.Graphs;
using DeepVision.Weights;

namespace DeepVision.Models;

/// <summary>Which of a model's parameters a file is loaded into, and what the file calls them.</summary>
internal static class WeightTargets
{
    internal static WeightTarget Find(
        ModelComponent? component, string model, IReadOnlyList<Parameter> all, ModelComposition composition, WeightFile file, string filePrefix)
    {
        if (component is not { } part)
        {
            return new WeightTarget
            {
                Name = model,
                Parameters = all.ToDictionary(parameter => parameter.Name),
                FormerKeys = composition.FormerKeys,
                IsPart = false,
            };
        }

        ComponentPath[] paths = [.. composition.Paths.Where(path => path.Component == part)];
        if (paths.Length == 0)
        {
            throw new ModelBuildException($"'{model}' has no {part.ToString().ToLowerInvariant()} to load weights into.");
        }

        Parameter[] parameters = [.. all.Where(parameter => composition.Owners[parameter] == part)];
        WeightTarget target = Of(part, paths, parameters, composition, file, filePrefix);
        if (filePrefix.Length > 0)
        {
            return target;
        }

        // Under a path that the file has before all keys, it may be of the whole model or of the part as well.
        KeyPrefix prefix = KeyPrefix.Find(file, WeightBinder.NeededKeys(target), target.FormerKeys, out _);
        foreach (string shared in KeyPrefix.SharedBy(file.Tensors.Keys).Prepend(prefix.Removed).Where(path => path.Length > 0))
        {
            WeightTarget under = Of(part, paths, parameters, composition, file, shared);
            if (Matches(target, "") == 0 && Matches(under, shared) > 0)
            {
                return under with { Prefix = new KeyPrefix(shared, "") };
            }
        }

        return target;

        int Matches(WeightTarget candidate, string path) => candidate.Parameters.Keys.Count(key => file.Tensors.ContainsKey(path + key));
    }

    private static WeightTarget Of(
        ModelComponent part, ComponentPath[] paths, Parameter[] parameters, ModelComposition composition, WeightFile file, string filePrefix)
    {
        string[] prefixes = [.. paths.Select(path => path.Path.Length == 0 ? "" : path.Path + ".")];

        // A file of the whole model has the component's path before its keys; a file of the part alone has not.
        var names = parameters.Select(parameter => parameter.Name).ToHashSet();
        IEnumerable<string> former = composition.FormerKeys.Where(pair => names.Contains(pair.Value)).Select(pair => pair.Key);
        bool whole = names.Concat(former).Any(name => file.Tensors.ContainsKey(filePrefix + name));
        string cut = whole || prefixes.Length != 1 ? "" : prefixes[0];
        string added = whole ? "" : AddedPath(part, composition, parameters, cut, file, filePrefix);
        return new WeightTarget
        {
            Name = string.Join(" + ", paths.Select(path => path.Name)),
            Parameters = parameters.ToDictionary(parameter => added + parameter.Name[cut.Length..]),
            FormerKeys = composition.FormerKeys
                .Where(pair => pair.Key.StartsWith(cut, StringComparison.Ordinal))
                .ToDictionary(pair => added + pair.Key[cut.Length..], pair => added + pair.Value[cut.Length..]),
            IsPart = true,
        };
    }

    // An official classifier keeps its feature layers under a path that this model's layout may leave out.
    private static string AddedPath(
        ModelComponent part, ModelComposition composition, Parameter[] parameters, string cut, WeightFile file, string filePrefix)
    {
        string path = part == ModelComponent.Backbone && composition.FeaturesPath.Length > 0 ? composition.FeaturesPath + "." : "";
        return parameters.Any(parameter => file.Tensors.ContainsKey(filePrefix + path + parameter.Name[cut.Length..])) ? path : "";
    }
}
