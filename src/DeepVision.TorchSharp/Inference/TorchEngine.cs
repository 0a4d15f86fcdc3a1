using System.Collections.Concurrent;
using System.Text;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Prediction;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Inference;

/// <summary>
/// Runs a module. Calls may run beside each other and beside <see cref="Dispose"/>: every tensor of a call belongs to its dispose
/// scope, which ends with the call on the same thread, and the module is freed after the last call.
/// </summary>
internal sealed class TorchEngine : ICandidateEngine
{
    private const int RememberedShapes = 64;

    private readonly VisionModule _module;
    private readonly bool _ownsModule;
    private readonly CallGate _gate;
    private readonly bool _isChannelsLast;

    // Where an own module lies; one that lives on elsewhere may be moved between calls.
    private readonly (Device Device, ScalarType Type)? _place;
    private readonly string _how;
    private readonly ConcurrentDictionary<(string Stage, TensorShape Input), bool> _checked = [];

    private TorchEngine(VisionModule module, bool ownsModule, bool isChannelsLast, string how)
    {
        _module = module;
        _ownsModule = ownsModule;
        _gate = new CallGate($"{module.ModelName} on {TorchSource.Name}", ownsModule ? module.Dispose : () => { });
        _isChannelsLast = isChannelsLast;
        _place = ownsModule ? PlaceOf(module) : null;
        _how = how;
    }

    public string Description => $"{TorchSource.Name} ({_how}, {_module.Threads ?? get_num_threads()} threads)";

    public int HostThreads => Math.Max(1, get_num_threads());

    /// <summary>Runs a module as it stands, wherever it lies; the caller keeps it.</summary>
    internal static TorchEngine Over(VisionModule module) =>
        new(module, ownsModule: false, isChannelsLast: false, "a module as it stands");

    /// <summary>Builds a module that only predicts.</summary>
    internal static TorchEngine Compile(VisionModel model, TorchOptions options)
    {
        VisionModule module = InferenceModule.Create(model, options, out Device device);
        bool isChannelsLast = options.MemoryFormat == TorchMemoryFormat.ChannelsLast;
        string how = $"{device}, {options.Precision.ToString().ToLowerInvariant()}, "
            + $"batch norm {options.BatchNorm.ToString().ToLowerInvariant()}, {(isChannelsLast ? "channels last" : "contiguous")}";
        return new TorchEngine(module, ownsModule: true, isChannelsLast, how);
    }

    public string Describe(string stage, TensorShape input)
    {
        ModelGraph graph = _module.FindStage(stage).Graph;
        GraphShapes shapes = graph.InferShapes(input);
        var text = new StringBuilder();
        foreach (GraphNode node in graph.Nodes)
        {
            text.Append($"{node.Name}: {node.Operation.Describe()} -> {shapes[node.Output]}\n");
        }

        return text.ToString();
    }

    public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input) => Copied(stage, input, wanted: null);

    // A module that lives on elsewhere may have hooks: it is called as a whole.
    public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input, IReadOnlyList<string> wanted) =>
        Copied(stage, input, _ownsModule ? wanted : null);

    private Dictionary<string, HostTensor> Copied(string stage, HostTensor input, IReadOnlyList<string>? wanted)
    {
        using CallGate.Call call = _gate.Enter();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        return Forward(stage, input, wanted).ToDictionary(output => output.Key, output => HostCopies.ToHost(output.Value));
    }

    public IReadOnlyList<IReadOnlyList<LevelCandidates>> RunCandidates(string stage, HostTensor input, CandidateRequest request)
    {
        using CallGate.Call call = _gate.Enter();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        IReadOnlyDictionary<string, Tensor> outputs = Forward(stage, input);
        var images = new LevelCandidates[input.Shape.Batch][];
        for (int n = 0; n < images.Length; n++)
        {
            images[n] =
            [
                .. request.Levels.Select(level =>
                {
                    using Tensor logits = outputs[level.Logits].select(0, n);
                    using Tensor deltas = outputs[level.Deltas].select(0, n);
                    return CandidatePicking.Pick(logits, deltas, request);
                }),
            ];
        }

        return images;
    }

    /// <summary>Frees the module when the last call has left; further calls are an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _gate.Close();

    private IReadOnlyDictionary<string, Tensor> Forward(string stage, HostTensor input, IReadOnlyList<string>? wanted = null)
    {
        ModelStage found = _module.FindStage(stage);
        CheckShape(found, input.Shape);
        if (_module.training)
        {
            throw new InvalidOperationException($"'{_module.ModelName}' is in training mode; call eval() before predicting with it.");
        }

        (Device device, ScalarType type) = _place ?? PlaceOf(_module);
        Tensor image = HostCopies.ToTorch(input, device, type);
        Tensor arranged = _isChannelsLast ? ChannelsLast.Of(image) : image;
        if (wanted is not null)
        {
            return _module.RunPart(stage, arranged, wanted);
        }

        return found == _module.Stages[0] ? _module.call(arranged) : _module.RunStage(stage, arranged);
    }

    private static (Device Device, ScalarType Type) PlaceOf(VisionModule module) =>
        module.parameters().FirstOrDefault() is { } first ? (first.device, first.dtype) : (torch.CPU, ScalarType.Float32);

    // An input of a wrong shape fails with the node's name, as on the CPU engine; parts of a live module may have been replaced.
    private void CheckShape(ModelStage stage, TensorShape shape)
    {
        if (_ownsModule && !_checked.ContainsKey((stage.Name, shape)))
        {
            stage.Graph.InferShapes(shape);
            if (_checked.Count < RememberedShapes)
            {
                _checked.TryAdd((stage.Name, shape), true);
            }
        }
    }
}
