using DeepVision.Prediction;
using DeepVision.Torch;
using DeepVision.Torch.Inference;
using DeepVision.Weights;
using static TorchSharp.torch;

namespace DeepVision;

/// <summary>The way from a model to TorchSharp.</summary>
public static class TorchModelExtensions
{
    /// <summary>
    /// Builds the model as a TorchSharp module with the model's weights, in training mode. Everything is read here; the model may
    /// be disposed afterwards.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="device">Where the module lies; null for the CPU.</param>
    /// <param name="dtype">The type of parameters and floating-point buffers; null for float32.</param>
    /// <returns>The module; the caller disposes it.</returns>
    /// <exception cref="WeightsException">A parameter has no values; the message lists them all.</exception>
    /// <exception cref="ModelBuildException">A node has no implementation on TorchSharp; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    public static VisionModule ToTorchSharp(this VisionModel model, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Weights.EnsureComplete();
        return VisionModule.Create(model, model.Stages, device, dtype);
    }

    /// <summary>
    /// Connects the parts, binds the weights and builds the TorchSharp module: the end of the same chain that
    /// <c>Build()</c> ends for the CPU engine. Parameters that no file gives are an error unless <c>InitializeWeights</c> asked
    /// for the values that PyTorch's layers start with.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="device">Where the module lies; null for the CPU.</param>
    /// <param name="dtype">The type of parameters and floating-point buffers; null for float32.</param>
    /// <returns>The module, in training mode; the caller disposes it.</returns>
    /// <exception cref="ModelBuildException">Parts are missing or do not fit, or a node has no implementation on TorchSharp.</exception>
    /// <exception cref="WeightsException">A file cannot be read or does not fit; the message lists every difference.</exception>
    /// <exception cref="InvalidOperationException">The builder has been used, or the device is not there.</exception>
    public static VisionModule BuildModule(this VisionModelBuilder builder, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        using VisionModel model = builder.Build();
        return model.ToTorchSharp(device, dtype);
    }

    /// <summary>
    /// Builds the model as a TorchSharp module that only predicts, in evaluation mode and without gradients, for those who bring
    /// tensors of their own. <see cref="CompileForTorch"/> takes images.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Device, precision, memory format, and whether batch norms are folded.</param>
    /// <returns>
    /// The module; the caller disposes it. It takes tensors of its device and precision, of either memory format.
    /// </returns>
    /// <exception cref="WeightsException">A parameter has no values; the message lists them all.</exception>
    /// <exception cref="ModelBuildException">A node has no implementation on TorchSharp; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    /// <exception cref="NotSupportedException">libtorch cannot compute in this precision on this device.</exception>
    public static VisionModule ToTorchSharp(this VisionModel model, TorchOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return InferenceModule.Create(model, options, out _);
    }

    /// <summary>
    /// Prepares the model to predict on TorchSharp, with the same answers as on the CPU engine. The weights are read here; the
    /// model may be disposed afterwards.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Device, precision, memory format; null for the defaults: CPU, float32, batch norm folded.</param>
    /// <returns>The compiled model, safe to call from many threads; the caller disposes it.</returns>
    /// <exception cref="WeightsException">A parameter has no values; the message lists them all.</exception>
    /// <exception cref="ModelBuildException">A node has no implementation on TorchSharp; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    /// <exception cref="NotSupportedException">libtorch cannot compute in this precision on this device.</exception>
    public static CompiledModel CompileForTorch(this VisionModel model, TorchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new CompiledModel(model, TorchEngine.Compile(model, options ?? new TorchOptions()));
    }

    /// <summary>
    /// Predicts with a module as it stands, on its device, while it may still be trained or changed between calls: in evaluation
    /// mode only.
    /// </summary>
    /// <param name="module">The module; it stays the caller's and has to outlive what is returned.</param>
    /// <returns>The module with <c>Classify</c>, <c>Detect</c> and <c>Embed</c>.</returns>
    public static CompiledModel AsCompiled(this VisionModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new CompiledModel(module.Model, TorchEngine.Over(module));
    }
}
