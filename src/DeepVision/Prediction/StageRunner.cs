using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>Runs a model's stages one after the other on an engine, with the host's steps between them. Thread-safe.</summary>
internal sealed class StageRunner(IModelEngine engine, IReadOnlyList<ModelStage> stages)
{
    /// <summary>The name of the stage that reads the image.</summary>
    internal string First => stages[0].Name;

    /// <summary>Whether there is no other.</summary>
    internal bool IsSingle => stages.Count == 1;

    /// <summary>The outputs of all stages, and what the host's steps kept, by name.</summary>
    /// <param name="input">The images' tensor.</param>
    /// <param name="geometries">How each image of the batch was prepared.</param>
    internal IReadOnlyDictionary<string, HostTensor> Run(HostTensor input, IReadOnlyList<PreparedGeometry> geometries)
    {
        IReadOnlyDictionary<string, HostTensor> outputs = engine.Run(First, input);
        if (IsSingle)
        {
            return outputs;
        }

        var all = new Dictionary<string, HostTensor>(outputs, StringComparer.Ordinal);
        foreach (ModelStage stage in stages.Skip(1))
        {
            HostStepResult step = stage.Step!.Run(all, geometries);
            AddAll(all, step.Kept, stage.Name);
            if (step.Input.Shape.Batch > 0)
            {
                AddAll(all, engine.Run(stage.Name, step.Input), stage.Name);
            }
        }

        return all;
    }

    /// <summary>How the engine runs each stage for one input shape.</summary>
    internal string Describe(TensorShape input) => string.Concat(stages.Select(stage => stage.Step is { } step
        ? $"then, on the host: {step.Describe()}\n{engine.Describe(stage.Name, step.TypicalInput(input))}"
        : engine.Describe(stage.Name, input)));

    private static void AddAll(
        Dictionary<string, HostTensor> all, IReadOnlyDictionary<string, HostTensor> outputs, string stage)
    {
        foreach ((string name, HostTensor tensor) in outputs)
        {
            if (!all.TryAdd(name, tensor))
            {
                throw new InvalidOperationException($"Stage '{stage}' gives '{name}', which an earlier one gave.");
            }
        }
    }
}
