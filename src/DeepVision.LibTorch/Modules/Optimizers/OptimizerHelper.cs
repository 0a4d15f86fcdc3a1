using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The common part of the optimisers: groups, state, and how both are saved and loaded.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    // One list a group: a group's parameters are listed once, when it is added.
    private readonly List<(Parameter Parameter, OptimizerState State)[]> _states = [];

    private protected OptimizerHelper()
    {
    }

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => _states.SelectMany(states => states).Select(state => state.Parameter);

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        param_group.Options = Complete(param_group.Options);
        param_group.InitialLearningRate = param_group.LearningRate;
        var states = param_group.Parameters.Select(parameter => (parameter, NewState(parameter))).ToArray();
        foreach (var (_, state) in states)
        {
            state.Initialize(param_group.Options);
        }

        param_group.Parameters = [.. states.Select(state => state.parameter)];
        Groups.Add(param_group);
        _states.Add(states);
    }

    /// <summary>The options of all groups and the state of all parameters: the optimiser's own, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        for (var i = 0; i < _states.Count; i++)
        {
            dictionary.Options.Add(Groups[i].Options);
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, _states[i].Length)]);
            dictionary.State.AddRange(_states[i].Select(state => state.State));
        }

        return dictionary;
    }

    /// <summary>Takes the options and the state of another optimiser of this kind, as copies.</summary>
    /// <param name="state_dict">What the other's <see cref="state_dict()"/> gave.</param>
    /// <exception cref="ArgumentException">The numbers of groups or of parameters differ.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count || state_dict.State.Count != own.State.Count)
        {
            throw new ArgumentException(
                $"The state does not fit this optimiser: expected {own.Options.Count} groups with {own.State.Count} parameters, found {state_dict.Options.Count} with {state_dict.State.Count}.",
                nameof(state_dict));
        }

        for (var i = 0; i < own.Options.Count; i++)
        {
            own.Options[i].LoadStateDict(state_dict.Options[i]);
        }

        for (var i = 0; i < own.State.Count; i++)
        {
            if (!ReferenceEquals(own.State[i], state_dict.State[i]))
            {
                own.State[i].LoadStateDict(state_dict.State[i]);
            }
        }
    }

    /// <summary>Moves the state to a device.</summary>
    /// <param name="device">The device.</param>
    public void to(Device device)
    {
        foreach (var (_, state) in _states.SelectMany(states => states))
        {
            state.to(device);
        }
    }

    private protected override void StepGroups()
    {
        for (var i = 0; i < _states.Count; i++)
        {
            Step(Groups[i].Options, _states[i]);
        }
    }

    private protected override void DisposeState()
    {
        foreach (var (_, state) in _states.SelectMany(states => states))
        {
            state.DisposeTensors();
        }
    }

    /// <summary>Options in which nothing is null, from those of a group, which may be null as a whole.</summary>
    private protected abstract OptimizerOptions Complete(OptimizerOptions? options);

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected abstract void Step(OptimizerOptions options, (Parameter Parameter, OptimizerState State)[] states);

    private protected static double Checked(double value, bool isValid, string option) => isValid
        ? value
        : throw new ArgumentException($"{value} cannot be the {option} of an optimiser.", option);

    private protected static unsafe bool HasGradient(Parameter parameter)
    {
        byte found;
        Tensor.Done(Native.dv_optim_has_grad(parameter.Handle, &found), parameter);
        return found != 0;
    }
}
