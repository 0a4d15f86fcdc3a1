using TorchSharp;
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
            using Scalar share = 1 - (rate * decay);
            parameter.Value.mul_(share);
        }

        using Scalar kept = _spec.Beta1, added = 1 - _spec.Beta1, keptSquare = _spec.Beta2, addedSquare = 1 - _spec.Beta2;
        mean.mul_(kept).add_(gradient, added);
        square.mul_(keptSquare).addcmul_(gradient, gradient, addedSquare);

        // Both means start at 0; dividing by how far they can have come makes up for it.
        double meanShare = 1 - Math.Pow(_spec.Beta1, step + 1);
        double squareShare = 1 - Math.Pow(_spec.Beta2, step + 1);
        using Scalar scale = 1 / Math.Sqrt(squareShare), epsilon = _spec.Epsilon, one = 1, back = -rate / meanShare;
        using Tensor divisor = square.sqrt().mul_(scale).add_(epsilon, one);
        parameter.Value.addcdiv_(mean, divisor, back);
    }
}
