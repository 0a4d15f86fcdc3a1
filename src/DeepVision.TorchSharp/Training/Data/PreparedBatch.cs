using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Torch.Training.Data;

/// <summary>A batch in managed memory.</summary>
/// <param name="Images">(N, 3, H, W).</param>
/// <param name="Examples">The examples in the tensor's pixels.</param>
/// <param name="Sources">The examples in the pixels of their images.</param>
/// <param name="Geometries">How each image was prepared.</param>
internal sealed record PreparedBatch<TExample>(HostTensor Images, TExample[] Examples, IReadOnlyList<TExample> Sources, PreparedGeometry[] Geometries)
    where TExample : TrainingExample;
