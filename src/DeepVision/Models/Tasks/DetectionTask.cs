using DeepVision.Detections;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Models;

/// <summary>Boxes with classes and scores.</summary>
public abstract class DetectionTask : VisionTask
{
    /// <inheritdoc/>
    public override ImagePreprocessing DefaultPreprocessing => ImagePreprocessing.TorchvisionDetection();

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="outputs">The raw outputs by name.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <param name="geometry">How the image was prepared.</param>
    /// <returns>Boxes in pixels of the prepared tensor, highest score first.</returns>
    public abstract IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry);
}
