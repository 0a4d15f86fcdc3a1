using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Optimization;

internal sealed class SgdOptimizer : ParameterOptimizer
{
    private readonly SgdSpec _spec;
    private readonly Dictionary<string, Tensor> _directions = [];

    public SgdOptimizer(SgdSpec spec, IReadOnlyList<TrainedParameter> parameters)
        : base(spec, parameters)
    {
        _spec = spec;
        foreach (TrainedParameter parameter in spec.Momentum > 0 ? parameters : [])
        {
            _directions.Add(parameter.Name, Remember(parameter, "momentum"));
        }
    }

    protected override void Update(TrainedParameter parameter, Tensor gradient, double rate, double decay, long step)
    {
        if (decay != 0)
        {
            gradient.add_(parameter.Value, decay);
        }

        if (!_directions.TryGetValue(parameter.Name, out Tensor? direction))
        {
            parameter.Value.add_(gradient, -rate);
            return;
        }

        direction.mul_(_spec.Momentum).add_(gradient);
        Tensor along = _spec.Kind == MomentumKind.Nesterov ? gradient.add_(direction, _spec.Momentum) : direction;
        parameter.Value.add_(along, -rate);
    }
}
