using DeepVision.Cpu;
using DeepVision.Cpu.Tuning;
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
    /// <exception cref="ArgumentException"><see cref="CpuOptions.Tuning"/> does not fit the model, the instruction set or the other options; the message says what does not.</exception>
    public static CompiledModel CompileForCpu(this VisionModel model, CpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new CompiledModel(model, CpuEngine.Compile(model, options ?? new CpuOptions()));
    }

    /// <summary>
    /// Times the algorithms of the model's convolutions on this machine, on an image of the size that
    /// <see cref="CpuOptions.TypicalImage"/> says. Give the result as <see cref="CpuOptions.Tuning"/>, here or, saved to a file, in
    /// later processes. Takes some seconds to a minute, which should be quiet ones: the model is compiled and run some dozen times.
    /// </summary>
    /// <param name="model">The model, with its weights.</param>
    /// <param name="options">How it will be compiled: the threads, the instruction set and the image count; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the timing between two runs.</param>
    /// <returns>The algorithm of each layer that has a choice, with the times of all.</returns>
    /// <exception cref="ArgumentException">The options have a tuning, or exact math, which leaves no choice.</exception>
    /// <exception cref="WeightsException">A parameter has no values; the message lists them all.</exception>
    /// <exception cref="ModelBuildException">The engine has no implementation for a node, or the network does not take images of <see cref="CpuOptions.TypicalImage"/>.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static CpuTuning TuneForCpu(this VisionModel model, CpuOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new CpuOptions();
        if (options.Tuning is not null || options.ExactMath)
        {
            throw new ArgumentException(
                $"There is nothing to tune: {(options.ExactMath ? nameof(CpuOptions.ExactMath) : nameof(CpuOptions.Tuning))} says already what algorithms "
                + "the convolutions get. Leave it out, and give the tuning when the model is compiled.",
                nameof(options));
        }

        return new Tuner(model, options, cancellationToken).Tune();
    }
}
