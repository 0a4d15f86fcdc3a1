using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Torch.Modules;
using DeepVision.Visualization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>
/// Gradient-weighted class activation maps (Selvaraju et al., 2017): where a feature map speaks for a class. Each channel is
/// weighted with the mean of its gradient, and what remains below 0 is cut off.
/// </summary>
public static class GradCam
{
    /// <summary>Explains one class of one image on a tapped feature.</summary>
    /// <param name="module">
    /// The module, of a model that was built with <c>Tap(feature)</c>. It is put into evaluation mode for the call and back
    /// afterwards; its parameters and their gradients stay as they are. Not to be used by others meanwhile.
    /// </param>
    /// <param name="image">The image.</param>
    /// <param name="feature">The tapped feature, like <c>C5</c> or <c>P4</c>.</param>
    /// <param name="classIndex">
    /// The class to explain; null for the one that the model finds most likely. A detector's class is explained by the place
    /// where it scores highest.
    /// </param>
    /// <exception cref="ArgumentException">The model gives no map of this name, or the score does not depend on it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model neither classifies nor detects.</exception>
    public static ActivationMap Explain(VisionModule module, RgbImage image, string feature, int? classIndex = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrEmpty(feature);
        if (classIndex is { } index && (index < 0 || index >= module.Labels.Count))
        {
            throw new ArgumentOutOfRangeException(nameof(classIndex), index, $"'{module.ModelName}' has {module.Labels.Count} classes.");
        }

        PreparedImage prepared = module.Preprocessing.Prepare(image);
        using var evaluation = new EvaluationMode(module);
        using DisposeScope scope = NewDisposeScope();
        using var withGradients = enable_grad();
        return Explain(module, prepared, feature, classIndex);
    }

    private static ActivationMap Explain(VisionModule module, PreparedImage prepared, string feature, int? classIndex)
    {
        Tensor? parameter = module.parameters().FirstOrDefault();
        Tensor input = from_array(prepared.Tensor.Values.ToArray()).reshape(prepared.Tensor.Shape.ToArray().Select(extent => (long)extent).ToArray());
        input = parameter is null ? input : input.to(parameter.dtype).to(parameter.device);

        // Gradients flow back to the map even where every parameter is frozen.
        input.requires_grad = true;
        IReadOnlyDictionary<string, Tensor> outputs = module.call(input);
        if (!outputs.TryGetValue(feature, out Tensor? map) || map.dim() != 4)
        {
            string maps = string.Join(", ", outputs.Where(output => output.Value.dim() == 4).Select(output => output.Key));
            throw new ArgumentException(
                $"'{module.ModelName}' gives no map '{feature}'; it gives {(maps.Length == 0 ? "none" : maps)}. Build the model with Tap(\"{feature}\").",
                nameof(feature));
        }

        Tensor score = module.Task switch
        {
            ClassificationTask => ScoreOf(outputs[ClassificationTask.LogitsOutput].flatten(), classIndex),
            RetinaNetTask task => ScoreOf(BestOf(task, outputs), classIndex),
            _ => throw new InvalidOperationException($"'{module.ModelName}' has no classes to explain: its task is {module.Task.Describe()}."),
        };
        Tensor? gradient = GradientOf(score, map);
        if (gradient is null || gradient.IsInvalid)
        {
            throw new ArgumentException(
                $"What '{module.ModelName}' says of the class does not depend on '{feature}'; take a feature that the head reads.", nameof(feature));
        }

        Tensor weights = gradient.mean([2L, 3L], keepdim: true);
        Tensor cam = map.detach().mul(weights).sum(1).to(ScalarType.Float32).cpu().contiguous();
        return new ActivationMap(cam.data<float>().ToArray(), (int)map.shape[3], (int)map.shape[2], prepared.Geometry);
    }

    // TorchSharp's autograd.grad has no handler for libtorch's exceptions, as of a layer that overwrites what its gradient needs, and would end
    // the process; backward has one, and touches the gradient of the map alone.
    private static Tensor? GradientOf(Tensor score, Tensor map)
    {
        if (!score.requires_grad || !map.requires_grad)
        {
            return null;
        }

        map.retain_grad();
        autograd.backward([score], inputs: [map]);
        return map.grad;
    }

    private static Tensor ScoreOf(Tensor logits, int? classIndex) => classIndex is { } index ? logits[index] : logits.max();

    // The highest logit of each class over all levels, anchors and places.
    private static Tensor BestOf(RetinaNetTask task, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var levels = task.Levels.Select(level =>
        {
            Tensor logits = outputs[RetinaNetTask.LogitsOutput(level)];
            return logits.reshape(-1, task.Labels.Count, logits.shape[2] * logits.shape[3]).permute(1, 0, 2).reshape(task.Labels.Count, -1);
        });
        return cat(levels.ToArray(), 1).max(1).values;
    }
}
