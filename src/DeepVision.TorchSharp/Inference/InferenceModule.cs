using DeepVision.Graphs;
using DeepVision.Graphs.Passes;
using DeepVision.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Inference;

/// <summary>Builds modules that only predict.</summary>
internal static class InferenceModule
{
    /// <summary>Builds a module in evaluation mode whose parameters want no gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="device">Where it lies.</param>
    internal static VisionModule Create(VisionModel model, TorchOptions options, out Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads ?? 1, 1, nameof(options.Threads));
        model.Weights.EnsureComplete();
        device = options.Device.Resolve(options.Say);
        ScalarType type = TypeOf(options.Precision);
        RequireConvolution(device, type);
        ModelStage[] stages = [.. model.Stages.Select(stage => stage with { Graph = Prepare(stage.Graph, options.BatchNorm) })];
        VisionModule module = VisionModule.Create(model, stages, device, type);
        try
        {
            module.Threads = options.Threads;
            module.eval();
            foreach (TorchSharp.Modules.Parameter parameter in module.parameters())
            {
                parameter.requires_grad = false;
            }

            if (options.MemoryFormat == TorchMemoryFormat.ChannelsLast)
            {
                ChannelsLast.Apply(module);
            }

            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private static ModelGraph Prepare(ModelGraph graph, TorchBatchNorm batchNorm)
    {
        ModelGraph prepared = graph.DropTrainingOnly();
        return batchNorm == TorchBatchNorm.Folded ? SharedLayers.Separate(prepared.FoldBatchNorm()) : prepared;
    }

    private static ScalarType TypeOf(TorchPrecision precision) => precision switch
    {
        TorchPrecision.Float32 => ScalarType.Float32,
        TorchPrecision.Float16 => ScalarType.Float16,
        TorchPrecision.BFloat16 => ScalarType.BFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "There is no such precision."),
    };

    // Not every libtorch has 16-bit convolutions on the CPU; better known before the weights are converted.
    private static void RequireConvolution(Device device, ScalarType type)
    {
        if (type == ScalarType.Float32)
        {
            return;
        }

        try
        {
            using var scope = NewDisposeScope();
            using Tensor one = ones(1, 1, 3, 3).to(type).to(device);
            nn.functional.conv2d(one, one);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new NotSupportedException(
                $"This libtorch cannot convolve {type} on {device}: {exception.Message.Split('\n')[0]} Take {nameof(TorchPrecision)}.{nameof(TorchPrecision.Float32)} or another device.",
                exception);
        }
    }
}
