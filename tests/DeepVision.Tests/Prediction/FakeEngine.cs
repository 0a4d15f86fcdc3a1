using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Tests.Prediction;

/// <summary>An engine whose logits are the means of the image's three planes, and that remembers the shapes it was given.</summary>
internal sealed class FakeEngine : IModelEngine
{
    public List<TensorShape> Shapes { get; } = [];

    public Action<int>? BeforeRun { get; init; }

    public bool IsDisposed { get; private set; }

    public string Description => "fake";

    public string Describe(string stage, TensorShape input) => stage;

    public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input)
    {
        BeforeRun?.Invoke(Shapes.Count);
        Shapes.Add(input.Shape);
        int batch = input.Shape.Batch;
        var logits = new HostTensor(new TensorShape(batch, 3));
        int plane = input.Shape.Height * input.Shape.Width;
        for (int i = 0; i < logits.Values.Length; i++)
        {
            float sum = 0;
            foreach (float value in input.Values.Slice(i * plane, plane))
            {
                sum += value;
            }

            logits.Values[i] = sum / plane;
        }

        return new Dictionary<string, HostTensor>
        {
            [ClassificationTask.LogitsOutput] = logits,
            [ClassificationTask.EmbeddingOutput] = logits,
        };
    }

    public void Dispose() => IsDisposed = true;
}
