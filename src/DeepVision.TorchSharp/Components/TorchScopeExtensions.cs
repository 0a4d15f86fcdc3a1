using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Torch.Components;

/// <summary>A user's own TorchSharp module as a node among others.</summary>
public static class TorchScopeExtensions
{
    /// <summary>Adds a module that makes one value. Only the TorchSharp runtime can run it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="name">The module's name below the scope's path.</param>
    /// <param name="factory">Makes the module.</param>
    /// <param name="outChannels">Channels of the map that it makes.</param>
    /// <param name="shapeRule">The output's shape for the inputs' shapes; null where only the channels differ from the first input.</param>
    /// <param name="inputs">What it reads.</param>
    public static GraphValue AddModule(
        this GraphScope scope,
        string name,
        TorchModuleFactory factory,
        int outChannels,
        Func<IReadOnlyList<TensorShape>, TensorShape>? shapeRule = null,
        params ReadOnlySpan<GraphValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        return scope.Add(
            name,
            new OpaqueOperation
            {
                Kind = "TorchSharp module",
                Implementations = [factory],
                InputCount = inputs.Length,
                OutChannels = outChannels,
                ShapeRule = shapeRule ?? (shapes => shapes[0].With(1, outChannels)),
            },
            inputs);
    }
}
