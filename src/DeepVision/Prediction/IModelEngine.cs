using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>Runs a model's graphs: what the CPU engine and the TorchSharp runtime have in common. Thread-safe.</summary>
public interface IModelEngine : IDisposable
{
    /// <summary>The engine, its device and its options in one line.</summary>
    string Description { get; }

    /// <summary>How many threads the host's own work between stages may use. Default one for each processor.</summary>
    int HostThreads => Environment.ProcessorCount;

    /// <summary>Whether pictures may be decoded at reduced size for it, which changes what it reads by a fraction of a gray level. Default false.</summary>
    bool AllowsReducedDecoding => false;

    /// <summary>How the engine runs a stage for one input shape: a line a step, with what it chose.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">The input's shape (N, C, H, W).</param>
    /// <exception cref="ModelBuildException">The graph does not take inputs of this shape.</exception>
    string Describe(string stage, TensorShape input);

    /// <summary>Runs one stage.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">The input tensor (N, C, H, W).</param>
    /// <returns>The stage's outputs by name; they belong to the caller.</returns>
    /// <exception cref="ModelBuildException">The graph does not take inputs of this shape.</exception>
    IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input);

    /// <summary>Runs one stage as far as some of its outputs need it. Default as a whole.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">The input tensor (N, C, H, W).</param>
    /// <param name="wanted">The names of the outputs, each one of the stage's.</param>
    /// <returns>At least these outputs by name; they belong to the caller.</returns>
    /// <exception cref="ModelBuildException">The graph does not take inputs of this shape.</exception>
    IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input, IReadOnlyList<string> wanted) => Run(stage, input);

    /// <summary>
    /// Takes outputs that nobody reads any more: their memory may serve the next run. The caller gives each at most once, and only as a
    /// whole, as a run gave them. Default does nothing.
    /// </summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="outputs">What <see cref="Run(string, HostTensor)"/> or its variant gave.</param>
    void Recycle(string stage, IReadOnlyDictionary<string, HostTensor> outputs)
    {
    }
}
