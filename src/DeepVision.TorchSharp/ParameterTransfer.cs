using System.Runtime.InteropServices;
using DeepVision.Graphs;
using DeepVision.Tensors;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>Values between a model's weights and a module's tensors.</summary>
internal static class ParameterTransfer
{
    /// <summary>Gives a module in CPU memory the values of a model's weights.</summary>
    /// <exception cref="ModelBuildException">The module lacks a parameter of a node, or has it in another shape.</exception>
    internal static void Fill(nn.Module module, IEnumerable<GraphNode> nodes, IParameterValues values)
    {
        Dictionary<string, Tensor> tensors = module.state_dict();
        using var noGrad = no_grad();
        foreach ((string key, Parameter parameter) in nodes.SelectMany(KeysOf).DistinctBy(entry => entry.Key))
        {
            if (!tensors.TryGetValue(key, out Tensor? tensor) || !HasShape(tensor, parameter.Shape))
            {
                throw new ModelBuildException($"The module has no '{key}' of shape {parameter.Shape}.") { Component = key };
            }

            if (tensor.dtype == ScalarType.Float32)
            {
                values.Read(parameter, MemoryMarshal.Cast<byte, float>(tensor.bytes));
            }
            else
            {
                float[] read = new float[parameter.Shape.ElementCount];
                values.Read(parameter, read);
                using Tensor flat = from_array(read);
                using Tensor source = flat.reshape(tensor.shape);
                tensor.copy_(source);
            }
        }
    }

    /// <summary>
    /// Gives a tensor the values of a stored one of the same number of elements: bit by bit where both are of one type, else
    /// rounded once. No gradient is noted.
    /// </summary>
    internal static void Copy(WeightHandle from, Tensor into)
    {
        using var noGrad = no_grad();
        using Tensor source = empty(into.shape, dtype: from.Type switch
        {
            WeightType.Float64 => ScalarType.Float64,
            WeightType.Float16 => ScalarType.Float16,
            WeightType.BFloat16 => ScalarType.BFloat16,
            WeightType.Int64 => ScalarType.Int64,
            WeightType.Int32 => ScalarType.Int32,
            WeightType.Int16 => ScalarType.Int16,
            WeightType.Int8 => ScalarType.Int8,
            WeightType.UInt8 => ScalarType.Byte,
            _ => ScalarType.Float32,
        });

        // A boolean that is neither 0 nor 1 in the file is made 1 by reading it as a number.
        if (from.Type != WeightType.Boolean && from.TryReadBytes(source.bytes))
        {
            WeightConversion.LittleEndian(from.Type, source.bytes);
            into.copy_(source);
            return;
        }

        using Tensor floats = empty(into.shape, dtype: ScalarType.Float32);
        from.ReadFloats(MemoryMarshal.Cast<byte, float>(floats.bytes));
        into.copy_(floats);
    }

    /// <summary>
    /// The state-dict keys of a node's parameters. They are the parameters' names but for what a graph pass made: a folded weight
    /// stands where the convolution's own stood, and a split attention's projections are layers.
    /// </summary>
    internal static IEnumerable<(string Key, Parameter Parameter)> KeysOf(GraphNode node) => node.Operation
        .DeclareParameters(node.Inputs)
        .Zip(node.Parameters, (declared, parameter) => (declared.Suffix.Length == 0 ? node.Path : $"{node.Path}.{declared.Suffix}", parameter));

    /// <summary>Whether a tensor has a shape.</summary>
    internal static bool HasShape(Tensor tensor, Tensors.TensorShape shape) =>
        tensor.shape.SequenceEqual(shape.ToArray().Select(extent => (long)extent));
}
