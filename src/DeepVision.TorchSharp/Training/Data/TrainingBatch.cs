using DeepVision.Tensors;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Data;

/// <summary>
/// Examples that are learnt from together: their images as one tensor, and the examples with their boxes in that tensor's
/// pixels. Owns the tensor; dispose it after the step.
/// </summary>
/// <typeparam name="TExample">The kind of example.</typeparam>
public sealed class TrainingBatch<TExample> : IDisposable
    where TExample : TrainingExample
{
    /// <summary>Creates a batch.</summary>
    /// <param name="images">The prepared images (N, 3, H, W), on the module's device; owned from now on.</param>
    /// <param name="examples">The N examples; boxes are in the pixels of <paramref name="images"/>.</param>
    /// <exception cref="ArgumentException">The tensor is not (N, C, H, W) for the N examples.</exception>
    public TrainingBatch(Tensor images, IReadOnlyList<TExample> examples)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(examples);
        if (images.dim() != 4 || images.shape[0] != examples.Count || examples.Count == 0)
        {
            throw new ArgumentException(
                $"Expected images (N, C, H, W) for {examples.Count} examples, at least one; found ({string.Join(", ", images.shape)}).", nameof(images));
        }

        Images = images;
        Examples = examples;
        Size = new SpatialSize((int)images.shape[2], (int)images.shape[3]);
    }

    /// <summary>The prepared images (N, 3, H, W).</summary>
    public Tensor Images { get; }

    /// <summary>The examples, in the order of <see cref="Images"/>.</summary>
    public IReadOnlyList<TExample> Examples { get; }

    /// <summary>H and W of <see cref="Images"/>, padding included.</summary>
    public SpatialSize Size { get; }

    /// <summary>Which example of the data each is.</summary>
    public IReadOnlyList<int> Indices { get; init; } = [];

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Images.Dispose();
}
