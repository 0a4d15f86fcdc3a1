using DeepVision.Graphs;

namespace DeepVision.Weights;

/// <summary>A model's parameter as a tensor to be written.</summary>
internal sealed class ParameterWeightHandle(ModelWeights weights, Parameter parameter) : WeightHandle(parameter.Type, parameter.Shape)
{
    public override string Origin => $"parameter '{parameter.Name}'";

    protected override void ReadFloatsCore(Span<float> destination) => weights.Read(parameter, destination);
}
