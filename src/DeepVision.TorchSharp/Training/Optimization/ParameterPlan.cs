using TorchSharp;
using TorchSharp.Modules;

namespace DeepVision.Torch.Training.Optimization;

/// <summary>Says which of a module's parameters are learnt at which rate, and puts the module into the mode for it and out of it.</summary>
internal sealed class ParameterPlan
{
    private readonly torch.nn.Module _module;
    private readonly List<torch.nn.Module> _inEvaluation = [];
    private readonly List<Parameter> _frozen = [];

    /// <summary>Makes the plan; the module stays as it is.</summary>
    /// <exception cref="ArgumentException">A path is that of no parameter, or nothing is left to learn.</exception>
    public ParameterPlan(torch.nn.Module module, ParameterOptions options)
    {
        _module = module;
        (string name, Parameter parameter)[] parameters = [.. module.named_parameters()];
        HashSet<string> frozen = FrozenNames(parameters.Select(entry => entry.name).ToArray(), options);
        foreach ((string path, torch.nn.Module part) in module.named_modules())
        {
            bool isNorm = part is BatchNorm1d or BatchNorm2d;
            string[] inside = [.. parameters.Select(entry => entry.name).Where(name => IsUnder(name, path))];
            if (inside.Length > 0 && inside.All(frozen.Contains))
            {
                _inEvaluation.Add(part);
            }
            else if (isNorm && options.BatchNorm != BatchNormTraining.Learn)
            {
                _inEvaluation.Add(part);
                frozen.UnionWith(options.BatchNorm == BatchNormTraining.Frozen ? inside : []);
            }
        }

        var trained = new List<TrainedParameter>();
        foreach ((string name, Parameter parameter) in parameters)
        {
            // A parameter that needed no gradient before stays as it was.
            if (parameter.requires_grad && frozen.Contains(name))
            {
                _frozen.Add(parameter);
            }
            else if (parameter.requires_grad)
            {
                trained.Add(new TrainedParameter(name, parameter, FactorOf(name, options)));
            }
        }

        Trained = trained.Count > 0 ? trained : throw new ArgumentException("No parameter is left to learn; everything is frozen.", nameof(options));
        CheckPaths(parameters, options);
    }

    public IReadOnlyList<TrainedParameter> Trained { get; }

    /// <summary>Training mode, but evaluation mode and no gradients for what is frozen.</summary>
    public void EnterTraining()
    {
        SetNeedOfGradients(false);
        _module.train();
        foreach (torch.nn.Module part in _inEvaluation)
        {
            part.eval();
        }
    }

    /// <summary>Evaluation mode; what was frozen needs gradients as before, and those of the last step are freed.</summary>
    public void LeaveTraining()
    {
        _module.eval();
        _module.zero_grad();
        SetNeedOfGradients(true);
    }

    private void SetNeedOfGradients(bool needed)
    {
        foreach (Parameter parameter in _frozen)
        {
            parameter.requires_grad = needed;
        }
    }

    private static HashSet<string> FrozenNames(string[] names, ParameterOptions options)
    {
        var frozen = names.Where(name => options.Frozen.Any(path => IsUnder(name, path))).ToHashSet();
        if (options.FrozenUpTo is { } last)
        {
            int end = Array.FindLastIndex(names, name => IsUnder(name, last));
            frozen.UnionWith(names[..(end + 1)]);
        }

        return frozen;
    }

    private static double FactorOf(string name, ParameterOptions options)
    {
        string? path = options.RateFactors.Keys.Where(key => IsUnder(name, key)).MaxBy(key => key.Length);
        double factor = path is null ? 1 : options.RateFactors[path];
        if (options.LayerDecay is { } decay)
        {
            for (int i = 0; i < decay.Layers.Count; i++)
            {
                if (decay.Layers[i].Split(',').Any(layer => IsUnder(name, layer)))
                {
                    return factor * Math.Pow(decay.Factor, decay.Layers.Count - 1 - i);
                }
            }
        }

        return factor;
    }

    private static void CheckPaths((string name, Parameter parameter)[] parameters, ParameterOptions options)
    {
        IEnumerable<string> paths = options.Frozen.Concat(options.RateFactors.Keys)
            .Concat(options.LayerDecay?.Layers.SelectMany(layer => layer.Split(',')) ?? [])
            .Concat(options.FrozenUpTo is { } last ? [last] : []);
        string[] unknown = [.. paths.Where(path => !parameters.Any(entry => IsUnder(entry.name, path))).Distinct()];
        if (unknown.Length > 0)
        {
            string[] known = [.. parameters.Select(entry => string.Join('.', entry.name.Split('.').SkipLast(1))).Distinct()];
            throw new ArgumentException(
                $"The module has no parameters under {string.Join(", ", unknown.Select(path => $"'{path}'"))}. It has some under: "
                + $"{string.Join(", ", known.Take(20))}{(known.Length > 20 ? " ..." : "")}.", nameof(options));
        }
    }

    private static bool IsUnder(string name, string path) =>
        path.Length == 0 || name == path || (name.Length > path.Length && name[path.Length] == '.' && name.StartsWith(path, StringComparison.Ordinal));
}
