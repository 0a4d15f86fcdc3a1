using System.Collections.Concurrent;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Torch.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>
/// A vision model as a TorchSharp module: a tree of nested modules whose names are those of the official PyTorch model, so that
/// state dicts, optimizers, hooks, <c>to</c>, <c>train</c> and <c>eval</c> work as with any other module. Its forward gives the
/// raw outputs by name, in training and in evaluation alike; with targets, <see cref="Losses{TExample}(Training.Data.TrainingBatch{TExample})"/>
/// gives the losses in training.
/// </summary>
/// <remarks>
/// <para>
/// A new module is in training mode, as PyTorch's are; call <c>eval()</c> before predicting with it. Any submodule that the builder made can be
/// replaced: <see cref="Replace"/>, or <c>register_module</c> of its parent under the same name.
/// </para>
/// <para>
/// A linear layer or a layer norm over a map is called with the features last, (N, H, W, C), and an attention with (N, T, C), as
/// in PyTorch's models; so is what takes its place. Learned values that belong to no layer, like <c>layer_scale</c> or
/// <c>class_token</c>, are parameters of the module around them.
/// </para>
/// <para>
/// A model of several stages, like a Faster R-CNN, is one tree. Its forward runs the first stage, <see cref="RunStage"/> any of them;
/// what the host does between them is in <see cref="Stages"/>, and <c>AsCompiled</c> does all of it.
/// </para>
/// <para>
/// Tensors made on the way are disposed as soon as nothing in the model reads them. A hook that keeps what it is given keeps
/// an <c>alias()</c> of it.
/// </para>
/// </remarks>
public sealed partial class VisionModule : nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>>, IContainerModule
{
    private readonly Dictionary<string, BlockPlan> _plans;
    private readonly ConcurrentDictionary<(string Stage, string Outputs), BlockPlan> _parts = [];
    private readonly ChildModules _children;
    private readonly VisionModel _model;

    internal VisionModule(VisionModel model, IReadOnlyList<ModelStage> stages)
        : base(model.Name)
    {
        _model = model;
        _children = new ChildModules(this);
        Stages = stages;
        ModuleTreePlan[] plans = [.. stages.Select(stage => new ModuleTreePlan(stage.Graph))];
        _plans = stages.Zip(plans).ToDictionary(pair => pair.First.Name, pair => pair.Second.Root);
        ModuleTree.Build(plans, this);
        ParameterTransfer.Fill(this, stages.SelectMany(stage => stage.Graph.Nodes), model.Weights);
    }

    /// <summary>Builds the model's stages, with graphs as given, and moves them to where they shall lie.</summary>
    internal static VisionModule Create(VisionModel model, IReadOnlyList<ModelStage> stages, Device? device, ScalarType? dtype)
    {
        TorchDevice.Require(device?.type ?? DeviceType.CPU, device?.index ?? -1);
        var module = new VisionModule(model, stages);
        try
        {
            if (dtype is { } type && type != ScalarType.Float32)
            {
                module.to(type);
            }

            return device is null || device.type == DeviceType.CPU ? module : module.to(device);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>The model's name.</summary>
    public string ModelName => _model.Name;

    /// <summary>How raw outputs become answers.</summary>
    public VisionTask Task => _model.Task;

    /// <summary>Class names in index order.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>How images become tensors.</summary>
    public ImagePreprocessing Preprocessing => _model.Preprocessing;

    /// <summary>The parts, from backbone to head, with their paths.</summary>
    public IReadOnlyList<ComponentPath> Components => _model.Components;

    /// <summary>The stages with the graphs that the modules were made from, in the order in which they run.</summary>
    public IReadOnlyList<ModelStage> Stages { get; }

    /// <summary>The first stage's graph; the whole model's where there is one stage.</summary>
    public ModelGraph Graph => Stages[0].Graph;

    /// <summary>What the module was built from; its weights may be closed by now.</summary>
    internal VisionModel Model => _model;

    /// <summary>Threads that a call may use; null leaves libtorch's number.</summary>
    internal int? Threads { get; set; }

    ChildModules IContainerModule.Children => _children;

    /// <summary>Runs the network, or the first stage of a model of several.</summary>
    /// <param name="input">Prepared images, (N, C, H, W).</param>
    /// <returns>
    /// The raw outputs by name, tapped features among them; the caller disposes them. The input stays the caller's, also where a
    /// module gives it on as an output; one tensor may stand under two names.
    /// </returns>
    public override IReadOnlyDictionary<string, Tensor> forward(Tensor input) => RunStage(Stages[0].Name, input);

    /// <summary>Runs one stage.</summary>
    /// <param name="stage">Its name, one of <see cref="Stages"/>.</param>
    /// <param name="input">Prepared images for the first stage; for others what their step makes, (R, C, H, W).</param>
    /// <returns>The stage's raw outputs by name, owned as those of <see cref="forward"/>.</returns>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    public IReadOnlyDictionary<string, Tensor> RunStage(string stage, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(input);
        ModelGraph graph = FindStage(stage).Graph;
        return Run(graph, _plans[stage], input);
    }

    /// <summary>Runs one stage as far as some of its outputs need it.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="input">As for <see cref="RunStage"/>.</param>
    /// <param name="wanted">The outputs' names; few sets of them, since a plan is kept for each.</param>
    /// <returns>These outputs by name, owned as those of <see cref="forward"/>.</returns>
    internal IReadOnlyDictionary<string, Tensor> RunPart(string stage, Tensor input, IReadOnlyList<string> wanted)
    {
        ModelGraph graph = FindStage(stage).Graph;
        BlockPlan plan = _parts.GetOrAdd((stage, string.Join('\n', wanted)), _ => _plans[stage].Keep(
            graph.Outputs.Index().Where(output => wanted.Contains(output.Item.Name)).Select(output => output.Index).ToHashSet()));
        return Run(graph, plan, input);
    }

    private Dictionary<string, Tensor> Run(ModelGraph graph, BlockPlan plan, Tensor input)
    {
        // libtorch has this number by calling thread: the one that built the module need not be the one that calls it.
        if (Threads is { } threads && get_num_threads() != threads)
        {
            set_num_threads(threads);
        }

        Tensor?[] values = BlockExecution.Run(plan, _children, input);
        var outputs = new Dictionary<string, Tensor>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                // Disposing an output must not dispose the input.
                outputs.Add(graph.Outputs[i].Name, ReferenceEquals(value, input) ? value.alias() : value);
            }
        }

        return outputs;
    }

    /// <summary>The stage with a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal ModelStage FindStage(string name) =>
        Stages.FirstOrDefault(stage => stage.Name == name)
        ?? throw new ArgumentException($"There is no stage '{name}'; there is {string.Join(", ", Stages.Select(stage => $"'{stage.Name}'"))}.", nameof(name));

    /// <summary>The submodule at a path, like <c>backbone.body.layer4</c>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public nn.Module Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        nn.Module at = this;
        foreach (string name in path.Split('.'))
        {
            at = at.named_children().FirstOrDefault(child => child.name == name).module
                ?? throw new ArgumentException($"'{ModelName}' has no module '{path}': there is no '{name}' in it.", nameof(path));
        }

        return at;
    }

    /// <summary>Puts another module in a submodule's place.</summary>
    /// <param name="path">The submodule's path, like <c>fc</c>.</param>
    /// <param name="module">What stands there from now on; it takes the same inputs and gives as many outputs.</param>
    /// <returns>The module that stood there; it is the caller's.</returns>
    /// <exception cref="ArgumentException">There is no such submodule, or it stands inside a module that the builder did not make.</exception>
    public nn.Module Replace(string path, nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        nn.Module old = Find(path);
        int dot = path.LastIndexOf('.');
        nn.Module parent = dot < 0 ? this : Find(path[..dot]);
        if (parent is not IContainerModule)
        {
            // A module that was not made here runs what it holds itself, whatever is registered in it.
            throw new ArgumentException(
                $"'{path}' stands inside '{path[..dot]}', a {parent.GetType().Name} that was not made by the builder; replace '{path[..dot]}' as a whole.",
                nameof(path));
        }

        parent.register_module(path[(dot + 1)..], module);
        return old;
    }

    /// <summary>Registers a child; under the name of another it takes that one's place.</summary>
    public override void register_module(string name, nn.Module submodule) =>
        _children.Register(name, submodule, base.register_module);

    /// <summary>The name and the task.</summary>
    public override string ToString() => $"{ModelName}: {Task.Describe()}";
}
