using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Optimization;

internal sealed class AdamWOptimizer : ParameterOptimizer
{
    private readonly AdamWSpec _spec;
    private readonly Dictionary<string, (Tensor Mean, Tensor Square)> _moments = [];

    public AdamWOptimizer(AdamWSpec spec, IReadOnlyList<TrainedParameter> parameters)
        : base(spec, parameters)
    {
        _spec = spec;
        foreach (TrainedParameter parameter in parameters)
        {
            _moments.Add(parameter.Name, (Remember(parameter, "mean"), Remember(parameter, "square")));
        }
    }

    protected override void Update(TrainedParameter parameter, Tensor gradient, double rate, double decay, long step)
    {
        (Tensor mean, Tensor square) = _moments[parameter.Name];
        if (decay != 0)
        {
            parameter.Value.mul_(1 - (rate * decay));
        }

        mean.mul_(_spec.Beta1).add_(gradient, 1 - _spec.Beta1);
        square.mul_(_spec.Beta2).addcmul_(gradient, gradient, 1 - _spec.Beta2);

        // Both means start at 0; dividing by how far they can have come makes up for it.
        double meanShare = 1 - Math.Pow(_spec.Beta1, step + 1);
        double squareShare = 1 - Math.Pow(_spec.Beta2, step + 1);
        Tensor divisor = square.sqrt().mul_(1 / Math.Sqrt(squareShare)).add_(_spec.Epsilon);
        parameter.Value.addcdiv_(mean, divisor, -rate / meanShare);
    }
}
