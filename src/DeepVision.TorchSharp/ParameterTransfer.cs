using System.Runtime.InteropServices;
using DeepVision.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>Values between a model's weights and a module's tensors.</summary>
internal static class ParameterTransfer
{
    /// <summary>Gives a module in CPU memory the values of a model's weights.</summary>
    /// <exception cref="ModelBuildException">The module lacks a parameter of the graph, or has it in another shape.</exception>
    internal static void Fill(nn.Module module, ModelGraph graph, IParameterValues values)
    {
        Dictionary<string, Tensor> tensors = module.state_dict();
        using var noGrad = no_grad();
        foreach (Parameter parameter in graph.Parameters)
        {
            string key = KeyOf(parameter);
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

    /// <summary>The state-dict key of a parameter; a folded one stands where the convolution's own stood.</summary>
    internal static string KeyOf(Parameter parameter) =>
        parameter.Derivation is null ? parameter.Name : parameter.Name[..parameter.Name.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>Whether a tensor has a shape.</summary>
    internal static bool HasShape(Tensor tensor, Tensors.TensorShape shape) =>
        tensor.shape.SequenceEqual(shape.ToArray().Select(extent => (long)extent));
}
