using DeepVision.Cpu.Kernels;
using DeepVision.Models;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Cpu;

/// <summary>A model's stages, each compiled for the CPU.</summary>
internal sealed class CpuEngine : IModelEngine
{
    private const int LargestStride = 32;
    private readonly Dictionary<string, CpuGraph> _stages;
    private readonly string? _notice;

    private CpuEngine(Dictionary<string, CpuGraph> stages, CpuOptions options)
    {
        _stages = stages;
        _notice = NarrowBinaryNotice.Say(options.InstructionSet, stages.Values.First().InstructionSet);
        AllowsReducedDecoding = !options.ExactMath;
    }

    public string Description => $"CPU engine ({_stages.Values.First()})" + (_notice is null ? "" : $"; {_notice}");

    public bool AllowsReducedDecoding { get; }

    public int HostThreads => _stages.Values.First().Threads;

    public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input) => _stages[stage].Run(input);

    public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input, IReadOnlyList<string> wanted) =>
        _stages[stage].Run(wanted, input);

    public void Recycle(string stage, IReadOnlyDictionary<string, HostTensor> outputs) => _stages[stage].Recycle(outputs);

    public string Describe(string stage, TensorShape input) =>
        (_notice is null ? "" : $"Note: {_notice}\n") + _stages[stage].PlanFor(input);

    public void Dispose()
    {
        foreach (CpuGraph graph in _stages.Values)
        {
            graph.Dispose();
        }
    }

    internal static CpuEngine Compile(VisionModel model, CpuOptions options)
    {
        model.Weights.EnsureComplete();
        var stages = new Dictionary<string, CpuGraph>(StringComparer.Ordinal);
        try
        {
            TensorShape image = TypicalImage(model, options);
            foreach (ModelStage stage in model.Stages)
            {
                TensorShape input = stage.Step?.TypicalInput(image) ?? image;
                stages.Add(stage.Name, CpuGraph.Compile(stage.Graph, model.Weights, options, input));
            }

            RequireAllOf(options.Tuning, model, stages.Values);
            return new CpuEngine(stages, options);
        }
        catch
        {
            foreach (CpuGraph graph in stages.Values)
            {
                graph.Dispose();
            }

            throw;
        }
    }

    /// <summary>The image that algorithms are chosen for or timed on.</summary>
    internal static TensorShape TypicalImage(VisionModel model, CpuOptions options)
    {
        if ((options.TypicalImage ?? model.ImageSize) is { } size)
        {
            var given = new TensorShape(1, model.Graph.Inputs[0].Channels, size.Height, size.Width);
            model.Graph.InferShapes(given);
            return given;
        }

        // Rounded up, since some networks take multiples of their strides only.
        ImageSize tensor = model.Preprocessing.Plan(640, 480).Tensor;
        return new TensorShape(1, model.Graph.Inputs[0].Channels, RoundUp(tensor.Height), RoundUp(tensor.Width));

        static int RoundUp(int side) => (side + LargestStride - 1) / LargestStride * LargestStride;
    }

    private static void RequireAllOf(CpuTuning? tuning, VisionModel model, IEnumerable<CpuGraph> stages)
    {
        var known = stages.SelectMany(stage => stage.Algorithms.Layers).Select(layer => layer.Path).ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. (tuning?.Layers ?? []).Select(layer => layer.Path).Where(path => !known.Contains(path))];
        if (unknown.Length > 0)
        {
            throw new ArgumentException(
                $"{nameof(CpuOptions.Tuning)} was made for '{tuning!.Model}' and does not fit '{model.Name}': {unknown.Length} of its {tuning.Layers.Count} "
                + $"layers are none of this model's, the first being '{unknown[0]}'. Tune this model with TuneForCpu.");
        }
    }
}
