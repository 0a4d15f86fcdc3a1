using System.Buffers;
using System.Numerics;
using DeepVision.Components;
using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>Runs a model's stages one after the other on an engine, with the host's steps between them. Thread-safe.</summary>
internal sealed class StageRunner(IModelEngine engine, IReadOnlyList<ModelStage> stages)
{
    // A part of fewer rows is filled up to so many: still little work, and few shapes to plan for.
    private const int FewestRows = 16;

    private HostTensor? _sparePart;

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

        var all = new StageOutputs(First, outputs);
        foreach (ModelStage stage in stages.Skip(1))
        {
            HostStepResult step = stage.Step!.Run(all, geometries, engine.HostThreads);
            all.Steps.Add(step);
            AddAll(all, step.Kept, stage.Name);
            if (step.Input.Batch > 0)
            {
                AddAll(all, RunStage(stage, step, all), stage.Name);
            }
        }

        return all;
    }

    /// <summary>The outputs that a task decodes, and others where the engine or a host's step needs them.</summary>
    /// <param name="input">The images' tensor.</param>
    /// <param name="geometries">How each image of the batch was prepared.</param>
    /// <param name="decoded">Their names; null for all.</param>
    internal IReadOnlyDictionary<string, HostTensor> Run(
        HostTensor input, IReadOnlyList<PreparedGeometry> geometries, IReadOnlyList<string>? decoded) =>
        IsSingle && decoded is not null ? engine.Run(First, input, decoded) : Run(input, geometries);

    /// <summary>Takes outputs that nobody reads any more.</summary>
    internal void Recycle(IReadOnlyDictionary<string, HostTensor> outputs)
    {
        if (outputs is not StageOutputs all)
        {
            engine.Recycle(First, outputs);
            return;
        }

        foreach ((string stage, IReadOnlyDictionary<string, HostTensor> run) in all.Runs)
        {
            engine.Recycle(stage, run);
        }

        foreach (HostStepResult step in all.Steps)
        {
            step.Release?.Invoke();
        }

        foreach (HostTensor joined in all.Joined)
        {
            ArrayPool<float>.Shared.Return(joined.Room);
        }
    }

    /// <summary>How the engine runs each stage for one input shape.</summary>
    internal string Describe(TensorShape input) => string.Concat(stages.Select(stage => stage.Step is { } step
        ? $"then, on the host: {step.Describe()}\n{engine.Describe(stage.Name, LargestPart(step, step.TypicalInput(input)))}"
        : engine.Describe(stage.Name, input)));

    private static TensorShape LargestPart(HostStep step, TensorShape input) => input.With(0, Math.Min(input.Batch, step.MaxRows));

    private Dictionary<string, HostTensor> RunStage(ModelStage stage, HostStepResult step, StageOutputs all)
    {
        int rows = step.Input.Batch;
        int rowLength = checked((int)(step.Input.ElementCount / rows));
        int most = stage.Step!.MaxRows;
        var whole = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
        for (int first = 0; first < rows;)
        {
            int count = Math.Min(rows - first, most);
            HostTensor part = RentPart(step.Input.With(0, most == int.MaxValue ? count : PartOf(count, most)));
            step.WriteRows(first, part.Memory[..(count * rowLength)]);
            part.Values[(count * rowLength)..].Clear();
            IReadOnlyDictionary<string, HostTensor> outputs = engine.Run(stage.Name, part);
            foreach ((string name, HostTensor output) in outputs)
            {
                Collect(whole, name, output, first, count, rows, all.Joined);
            }

            if (outputs.Values.All(output => output.Shape.Batch == rows))
            {
                all.Runs.Add((stage.Name, outputs));
            }
            else if (outputs.Values.All(output => output.Shape.Batch != rows))
            {
                // Copied already.
                engine.Recycle(stage.Name, outputs);
            }

            _sparePart = part;
            first += count;
        }

        return whole;
    }

    private static int PartOf(int rows, int most) =>
        (int)Math.Min((uint)most, BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows, FewestRows)));

    // One part is kept for the next, which may be smaller; concurrent calls make their own.
    private HostTensor RentPart(TensorShape shape) =>
        Interlocked.Exchange(ref _sparePart, null) is { } spare && spare.Capacity >= shape.ElementCount ? spare.Reshape(shape) : new HostTensor(shape);

    private static void Collect(
        Dictionary<string, HostTensor> whole, string name, HostTensor part, int first, int count, int rows, List<HostTensor> joined)
    {
        if (part.Shape.Batch == rows)
        {
            whole.Add(name, part);
            return;
        }

        if (!whole.TryGetValue(name, out HostTensor? all))
        {
            TensorShape shape = part.Shape.With(0, rows);
            all = HostTensor.Over(ArrayPool<float>.Shared.Rent(checked((int)shape.ElementCount)), shape);
            joined.Add(all);
            whole.Add(name, all);
        }

        int length = part.Values.Length / part.Shape.Batch;
        part.Values[..(count * length)].CopyTo(all.Values[(first * length)..]);
    }

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

    /// <summary>The outputs of several stages together, with the runs and steps that they are of.</summary>
    private sealed class StageOutputs : Dictionary<string, HostTensor>
    {
        public StageOutputs(string first, IReadOnlyDictionary<string, HostTensor> outputs)
            : base(outputs, StringComparer.Ordinal) =>
            Runs.Add((first, outputs));

        public List<(string Stage, IReadOnlyDictionary<string, HostTensor> Outputs)> Runs { get; } = [];

        public List<HostStepResult> Steps { get; } = [];

        /// <summary>Outputs that were put together from parts, in arrays of the shared pool.</summary>
        public List<HostTensor> Joined { get; } = [];
    }
}
