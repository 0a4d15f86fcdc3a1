using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Prediction;
using DeepVision.Weights;

namespace DeepVision;

/// <summary>The way from a model to the CPU engine.</summary>
public static class CpuModelExtensions
{
    /// <summary>
    /// Prepares the model for the managed CPU engine: folds batch norms, fuses, chooses kernels and packs the weights. The
    /// weights are read here, one at a time; the model may be disposed afterwards.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Threads, instruction set and limits; null for the defaults.</param>
    /// <returns>The compiled model; the caller disposes it.</returns>
    /// <exception cref="WeightsException">A parameter has no values; the message lists them all.</exception>
    /// <exception cref="ModelBuildException">The engine has no implementation for a node, or the network does not take images of <see cref="CpuOptions.TypicalImage"/>; the message names the node.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine lacks the instruction set that was asked for.</exception>
    /// <exception cref="InvalidOperationException">The packed weights exceed the budget.</exception>
    public static CompiledModel CompileForCpu(this VisionModel model, CpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new CompiledModel(model, CpuEngine.Compile(model, options ?? new CpuOptions()));
    }
}
