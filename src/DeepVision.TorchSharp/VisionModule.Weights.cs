using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <content>Weights to and from files, and back to a <see cref="VisionModel"/>.</content>
public sealed partial class VisionModule
{
    /// <summary>
    /// Writes the state dict, atomically: <c>.safetensors</c>, or a <c>.pth</c> or <c>.pt</c> that Python's <c>torch.load</c> reads
    /// and <c>load_state_dict(strict=True)</c> of the official model accepts. What keeps its type, float64, float16 and bfloat16
    /// included, is written bit by bit.
    /// </summary>
    /// <param name="path">The file to write or replace; its extension chooses the format.</param>
    /// <param name="type">How floating-point values are stored; null as they are.</param>
    /// <exception cref="ArgumentException">The extension is another, or the type is not a floating-point one.</exception>
    /// <exception cref="WeightsException">A finite value is too large for the type asked for.</exception>
    /// <exception cref="IOException">The file cannot be written; an older one stays as it was.</exception>
    public void SaveWeights(string path, WeightType? type = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        IEnumerable<KeyValuePair<string, WeightHandle>> tensors = state_dict()
            .Select(entry => new KeyValuePair<string, WeightHandle>(entry.Key, new TensorWeightHandle(entry.Key, entry.Value)));
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".safetensors":
                SafeTensorsWriter.Write(path, tensors, new SafeTensorsWriterOptions { FloatType = type });
                break;
            case ".pth" or ".pt":
                TorchZipWriter.Write(path, tensors, type);
                break;
            default:
                throw new ArgumentException($"'{Path.GetFileName(path)}' ends in no known way; expected .safetensors, .pth or .pt.", nameof(path));
        }
    }

    /// <summary>
    /// Reads weights into the module where it lies, bit by bit where the types are equal. Replaced parts are asked for as they are
    /// now; names of older checkpoints are understood.
    /// </summary>
    /// <param name="path">A <c>.pth</c>, <c>.pt</c>, <c>.th</c> or <c>.safetensors</c> file; the content decides.</param>
    /// <param name="options">How strictly it has to fit. Default: every key, as PyTorch's <c>strict=True</c>.</param>
    /// <returns>What became of every key.</returns>
    /// <exception cref="WeightsException">The file cannot be read or does not fit; the message lists everything missing, unexpected and wrongly shaped.</exception>
    /// <exception cref="IOException">The file is not there.</exception>
    public WeightReport LoadWeights(string path, WeightLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new WeightLoadOptions();
        using WeightFile file = WeightFile.Open(path, options.File);
        Dictionary<string, Tensor> tensors = state_dict();
        Dictionary<string, Parameter> parameters = tensors.ToDictionary(entry => entry.Key, entry => Describe(entry.Key, entry.Value));
        using var weights = new ModelWeights([.. parameters.Values]);
        var target = new WeightTarget { Name = ModelName, Parameters = parameters, FormerKeys = _model.FormerKeys, IsPart = false };
        WeightReport report = WeightBinder.Bind(file, target, options, weights);
        foreach ((string key, Parameter parameter) in parameters)
        {
            if (weights.Find(parameter) is { } handle)
            {
                ParameterTransfer.Copy(handle, tensors[key]);
            }
        }

        return report;
    }

    /// <summary>
    /// The model with the module's values of this moment, copied to managed memory as float32: it compiles for the CPU engine, and can be
    /// saved or built as a module again.
    /// </summary>
    /// <returns>The model; the module stays as it is.</returns>
    /// <exception cref="WeightsException">
    /// A replaced part has other keys or shapes than the model's graph; the message lists them. Build the model with that part
    /// instead of replacing it, for example with its number of classes.
    /// </exception>
    /// <exception cref="NotSupportedException">A user's own module with parameters is part of the model.</exception>
    public VisionModel ToVisionModel()
    {
        Dictionary<string, Tensor> tensors = state_dict();
        Parameter[] parameters = [.. _model.Parameters];
        GraphNode? own = _model.Stages.SelectMany(stage => stage.Graph.Nodes).FirstOrDefault(node => node.Operation is OpaqueOperation && Find(node.Path).state_dict().Count > 0);
        if (own is not null)
        {
            throw new NotSupportedException(
                $"'{own.Path}' is a module of the user's, whose values a {nameof(VisionModel)} cannot hold; save the state dict with {nameof(SaveWeights)}.");
        }

        string[] problems =
        [
            .. parameters
                .Where(parameter => !tensors.TryGetValue(parameter.Name, out Tensor? tensor) || !ParameterTransfer.HasShape(tensor, parameter.Shape))
                .Select(parameter => tensors.TryGetValue(parameter.Name, out Tensor? tensor)
                    ? $"'{parameter.Name}' has shape {TensorWeightHandle.ShapeOf(tensor)}, expected {parameter.Shape}"
                    : $"'{parameter.Name}' ({parameter.Shape}) is not there"),
        ];
        if (problems.Length > 0)
        {
            throw new WeightsException(
                $"The module does not have the parameters of '{ModelName}' any more: {string.Join("; ", problems)}. "
                + "Build the model with the part that replaced another, and load the weights into it.");
        }

        var weights = new ModelWeights(parameters);
        foreach (Parameter parameter in parameters)
        {
            float[] values = new float[parameter.Shape.ElementCount];
            Inference.HostCopies.Read(tensors[parameter.Name], values);
            weights.Set(parameter, WeightHandle.FromMemory(parameter.Shape, values));
        }

        return _model.WithWeights(weights);
    }

    private static Parameter Describe(string key, Tensor tensor)
    {
        ParameterRole role = key.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? ParameterRole.BatchCount : ParameterRole.Weight;
        return new Parameter(key, role, TensorWeightHandle.ShapeOf(tensor), Initializer.Zero);
    }
}
