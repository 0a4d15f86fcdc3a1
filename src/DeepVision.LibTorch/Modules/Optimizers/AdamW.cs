using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>AdamW: Adam whose weight decay shrinks the parameters themselves and leaves the averages alone.</summary>
public partial class AdamW : OptimizerHelper, optim.IBetas
{
    private readonly Options _defaults;

    /// <summary>For one group of parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
    /// <param name="beta2">The share of the average of their squares that stays.</param>
    /// <param name="eps">What is added to the root of the squares' average.</param>
    /// <param name="weight_decay">The share of the learning rate by which the parameter shrinks at each step.</param>
    /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
    /// <param name="maximize">Whether the loss is to grow.</param>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>For several groups of parameters.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">The learning rate where a group states none; so with all that follows.</param>
    /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
    /// <param name="beta2">The share of the average of their squares that stays.</param>
    /// <param name="eps">What is added to the root of the squares' average.</param>
    /// <param name="weight_decay">The share of the learning rate by which the parameter shrinks at each step.</param>
    /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
    /// <param name="maximize">Whether the loss is to grow.</param>
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        _defaults = new Options
        {
            LearningRate = Checked(lr, lr >= 0, nameof(lr)),
            beta1 = Checked(beta1, beta1 is >= 0 and < 1, nameof(beta1)),
            beta2 = Checked(beta2, beta2 is >= 0 and < 1, nameof(beta2)),
            eps = Checked(eps, eps >= 0, nameof(eps)),
            weight_decay = Checked(weight_decay, weight_decay >= 0, nameof(weight_decay)),
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    /// <summary>The betas of groups that state none.</summary>
    public (double, double) Betas
    {
        get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
        set => (_defaults.beta1, _defaults.beta2) = value;
    }

    private protected override OptimizerOptions Complete(OptimizerOptions? options)
    {
        var complete = (Options?)options ?? new Options();
        complete.LearningRate ??= _defaults.LearningRate;
        complete.beta1 ??= _defaults.beta1;
        complete.beta2 ??= _defaults.beta2;
        complete.eps ??= _defaults.eps;
        complete.weight_decay ??= _defaults.weight_decay;
        complete.amsgrad ??= _defaults.amsgrad;
        complete.maximize ??= _defaults.maximize;
        return complete;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Step(OptimizerOptions options, (Parameter Parameter, OptimizerState State)[] states)
    {
        var own = (Options)options;
        var (rate, beta1, beta2) = (own.LearningRate!.Value, own.beta1!.Value, own.beta2!.Value);
        var (eps, decay, maximize) = (own.eps!.Value, own.weight_decay!.Value, Tensor.Byte(own.maximize!.Value));
        foreach (var (parameter, kept) in states)
        {
            if (!HasGradient(parameter))
            {
                continue;
            }

            var state = (State)kept;
            state.step++;
            Tensor.Done(
                Native.dv_optim_adamw(
                    parameter.Handle, state.exp_avg!.Handle, state.exp_avg_sq!.Handle, Tensor.HandleOf(state.max_exp_avg_sq), state.step,
                    rate, beta1, beta2, eps, decay, maximize),
                parameter, state);
        }
    }
}
