using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Torch.Training.Data;

/// <summary>Makes examples into the tensor that a model reads, and moves what they hold along.</summary>
internal static class BatchPreparation
{
    /// <summary>The images as (N, 3, H, W), padded to the largest, and the examples in its pixels.</summary>
    public static PreparedBatch<TExample> Run<TExample>(ImagePreprocessing preprocessing, IReadOnlyList<TExample> examples)
        where TExample : TrainingExample
    {
        IReadOnlyList<PreparedGeometry> geometries = preprocessing.PlanBatch(
            [.. examples.Select(example => new ImageSize(example.Image.Width, example.Image.Height))], BatchPadding.LikeTorchvision);
        ImageSize size = geometries[0].Tensor;
        var tensor = new HostTensor(new TensorShape(examples.Count, 3, size.Height, size.Width));
        var moved = new TExample[examples.Count];
        for (int i = 0; i < moved.Length; i++)
        {
            PreparedGeometry geometry = geometries[i];
            preprocessing.Apply(examples[i].Image, geometry, tensor.Values.Slice(i * geometry.ElementCount, geometry.ElementCount));
            moved[i] = (TExample)Move(examples[i], geometry);
        }

        return new PreparedBatch<TExample>(tensor, moved, examples, [.. geometries]);
    }

    private static TrainingExample Move(TrainingExample example, PreparedGeometry geometry)
    {
        // Zeros lie to the right and below; what is cut off on the left or above is cut off at the tensor's border.
        var frame = new ImageSize(geometry.OffsetX + geometry.Content.Width, geometry.OffsetY + geometry.Content.Height);
        var map = new BoxMap(frame)
        {
            ScaleX = 1 / geometry.SourcePerX,
            ShiftX = geometry.OffsetX - geometry.CropLeft,
            ScaleY = 1 / geometry.SourcePerY,
            ShiftY = geometry.OffsetY - geometry.CropTop,
        };
        return map.IsIdentity ? example : example.Moved(example.Image, map);
    }
}
