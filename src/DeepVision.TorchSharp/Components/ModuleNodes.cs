using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Torch.Components;

/// <summary>The opaque nodes that stand for a user's module.</summary>
internal static class ModuleNodes
{
    /// <summary>Adds one node for each output of the module.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="name">The module's name below it.</param>
    /// <param name="factory">Makes the module.</param>
    /// <param name="outputs">What it gives.</param>
    /// <param name="inputLevel">The level of the first input.</param>
    /// <param name="inputs">What it reads.</param>
    internal static IReadOnlyList<GraphValue> Add(
        GraphScope scope, string name, TorchModuleFactory factory, IReadOnlyList<FeatureInfo> outputs, int inputLevel, GraphValue[] inputs)
    {
        var values = new List<GraphValue>();
        foreach ((int index, FeatureInfo output) in outputs.Index())
        {
            GraphScope place = outputs.Count == 1 ? scope : scope.Tagged(output.Name);
            values.Add(place.Add(
                name,
                new OpaqueOperation
                {
                    Kind = "TorchSharp module",
                    Implementations = [factory],
                    OutputIndex = index,
                    InputCount = inputs.Length,
                    OutChannels = output.Channels,
                    OutRank = output.Kind == FeatureKind.Map ? 4 : 2,
                    ShapeRule = shapes => ShapeOf(output, shapes[0], inputLevel),
                },
                inputs));
        }

        return values;
    }

    private static TensorShape ShapeOf(FeatureInfo output, TensorShape input, int inputLevel)
    {
        if (output.Kind == FeatureKind.Vector)
        {
            return new TensorShape(input.Batch, output.Channels);
        }

        return new TensorShape(input.Batch, output.Channels, Extent(input.Height), Extent(input.Width));

        // Rounded up, as windows with padding give it.
        int Extent(int extent) => output.Level >= inputLevel
            ? (extent + (1 << (output.Level - inputLevel)) - 1) >> (output.Level - inputLevel)
            : checked(extent << (inputLevel - output.Level));
    }
}
