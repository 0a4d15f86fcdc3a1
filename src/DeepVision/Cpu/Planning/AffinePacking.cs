using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>A factor and a shift for each channel, padded to whole blocks by zeros.</summary>
/// <param name="Block">Channels of a block.</param>
internal sealed record AffinePacking(int Block)
{
    /// <summary>A batch norm by its running statistics: factor = weight / sqrt(variance + eps), shift = bias - mean * factor.</summary>
    internal PackedWeights PackBatchNorm(GraphNode node, float epsilon, WeightPackStore store) =>
        store.GetOrAdd(node, this, values =>
        {
            float[] weight = Read(values, node, ParameterRole.Weight);
            float[] bias = Read(values, node, ParameterRole.Bias);
            float[] mean = Read(values, node, ParameterRole.RunningMean);
            float[] variance = Read(values, node, ParameterRole.RunningVariance);
            return Fill(weight.Length, c =>
            {
                double factor = weight[c] / Math.Sqrt((double)variance[c] + epsilon);
                return ((float)factor, (float)(bias[c] - (mean[c] * factor)));
            });
        });

    /// <summary>A group or layer norm's learned factor and shift.</summary>
    internal PackedWeights PackNorm(GraphNode node, WeightPackStore store) =>
        store.GetOrAdd(node, this, values =>
        {
            float[] weight = Read(values, node, ParameterRole.Weight);
            float[] bias = Read(values, node, ParameterRole.Bias);
            return Fill(weight.Length, c => (weight[c], bias[c]));
        });

    /// <summary>A learned factor for each channel, and no shift.</summary>
    internal PackedWeights PackChannelScale(GraphNode node, WeightPackStore store) =>
        store.GetOrAdd(node, this, values =>
        {
            float[] weight = Read(values, node, ParameterRole.Weight);
            return Fill(weight.Length, c => (weight[c], 0));
        });

    /// <summary>One factor for all channels; it belongs to the step that uses it.</summary>
    internal PackedWeights FillScale(Scale scale, int channels) => Fill(channels, _ => (scale.Factor, 0));

    internal static float[] Read(IParameterValues values, GraphNode node, ParameterRole role)
    {
        Parameter parameter = node.Find(role)
            ?? throw new ModelBuildException($"Node '{node.Name}' has no {role}.") { Component = node.Name };
        var destination = new float[parameter.Shape.ElementCount];
        values.Read(parameter, destination);
        return destination;
    }

    private unsafe PackedWeights Fill(int channels, Func<int, (float Factor, float Shift)> values)
    {
        int padded = (channels + Block - 1) / Block * Block;
        var packed = new PackedWeights(padded, padded);
        for (int c = 0; c < channels; c++)
        {
            (packed.Weights[c], packed.Bias[c]) = values(c);
        }

        return packed;
    }
}
