using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Inference;
using DeepVision.Torch.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Evaluations;

/// <summary>Runs a network over all examples in order and hands the raw outputs over in managed memory.</summary>
internal static class EvaluationPass
{
    public static void Run<TExample>(
        nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module,
        ITrainingData<TExample> data,
        ImagePreprocessing preprocessing,
        int batchSize,
        Action<PreparedBatch<TExample>, int, IReadOnlyDictionary<string, HostTensor>> handle,
        CancellationToken cancellationToken)
        where TExample : TrainingExample
    {
        var options = new LoaderOptions { BatchSize = batchSize, Order = ExampleOrder.Sequential };
        Device device = module.parameters().First().device;
        using var loader = new TrainingLoader<TExample>(data, preprocessing, options, CPU, firstBatch: 0, LastBatch.Smaller);
        for (int i = 0; i < loader.BatchesPerEpoch; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PreparedBatch<TExample> batch = loader.NextPrepared(cancellationToken, out int[] indices);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGrad = no_grad();
            Tensor images = ImageTensors.Create(batch.Images, device, TorchMemoryFormat.ChannelsLast);
            Dictionary<string, HostTensor> outputs = module.call(images).ToDictionary(entry => entry.Key, entry => HostCopies.ToHost(entry.Value));
            handle(batch, indices[0], outputs);
        }
    }
}
