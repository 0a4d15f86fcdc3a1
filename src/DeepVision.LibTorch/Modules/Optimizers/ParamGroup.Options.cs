namespace TorchSharp.Modules;

/// <summary>Parameters that an optimiser of a certain kind treats alike.</summary>
/// <typeparam name="TOptions">The kind of options.</typeparam>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    /// <summary>An empty group without options.</summary>
    public ParamGroup()
    {
    }

    /// <summary>A group.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">Their options, or null.</param>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The options; null until the group is added where it states none.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
