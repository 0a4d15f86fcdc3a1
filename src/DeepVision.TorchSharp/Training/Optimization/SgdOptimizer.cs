using TorchSharp;
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
        using Scalar back = -rate;
        if (decay != 0)
        {
            using Scalar decayed = decay;
            gradient.add_(parameter.Value, decayed);
        }

        if (!_directions.TryGetValue(parameter.Name, out Tensor? direction))
        {
            parameter.Value.add_(gradient, back);
            return;
        }

        using Scalar momentum = _spec.Momentum, one = 1;
        direction.mul_(momentum).add_(gradient, one);
        Tensor along = _spec.Kind == MomentumKind.Nesterov ? gradient.add_(direction, momentum) : direction;
        parameter.Value.add_(along, back);
    }
}
