using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum, weight decay and Nesterov's form.</summary>
public partial class SGD : OptimizerHelper, optim.IMomentum
{
    private readonly Options _defaults;

    /// <summary>For one group of parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">The share of the last step that goes into the next; 0 for none.</param>
    /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
    /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
    /// <param name="nesterov">Whether the gradient is taken where the momentum leads.</param>
    /// <param name="maximize">Whether the loss is to grow.</param>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>For several groups of parameters.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">The learning rate where a group states none; so with all that follows.</param>
    /// <param name="momentum">The share of the last step that goes into the next; 0 for none.</param>
    /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
    /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
    /// <param name="nesterov">Whether the gradient is taken where the momentum leads.</param>
    /// <param name="maximize">Whether the loss is to grow.</param>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov's form needs a momentum and no dampening.", nameof(nesterov));
        }

        _defaults = new Options
        {
            LearningRate = Checked(lr, lr >= 0, nameof(lr)),
            momentum = Checked(momentum, momentum >= 0, nameof(momentum)),
            dampening = dampening,
            weight_decay = Checked(weight_decay, weight_decay >= 0, nameof(weight_decay)),
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    /// <summary>The momentum of groups that state none.</summary>
    public double Momentum
    {
        get => _defaults.momentum!.Value;
        set => _defaults.momentum = value;
    }

    private protected override OptimizerOptions Complete(OptimizerOptions? options)
    {
        var complete = (Options?)options ?? new Options();
        complete.LearningRate ??= _defaults.LearningRate;
        complete.momentum ??= _defaults.momentum;
        complete.dampening ??= _defaults.dampening;
        complete.weight_decay ??= _defaults.weight_decay;
        complete.nesterov ??= _defaults.nesterov;
        complete.maximize ??= _defaults.maximize;
        return complete;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override unsafe void Step(OptimizerOptions options, (Parameter Parameter, OptimizerState State)[] states)
    {
        var own = (Options)options;
        var (rate, momentum, dampening, decay) =
            (own.LearningRate!.Value, own.momentum!.Value, own.dampening!.Value, own.weight_decay!.Value);
        var (nesterov, maximize) = (Tensor.Byte(own.nesterov!.Value), Tensor.Byte(own.maximize!.Value));
        foreach (var (parameter, kept) in states)
        {
            var state = (State)kept;
            var had = Tensor.HandleOf(state.momentum_buffer);
            var buffer = had;
            Tensor.Done(
                Native.dv_optim_sgd(parameter.Handle, &buffer, rate, momentum, dampening, decay, nesterov, maximize), parameter, state);
            if (buffer != had)
            {
                state.momentum_buffer = new Tensor(buffer, register: false);
            }
        }
    }
}
