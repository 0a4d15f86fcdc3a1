using DeepVision.Detections;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Components;

/// <summary>Boxes with classes and scores.</summary>
public abstract class DetectionTask : VisionTask
{
    /// <inheritdoc/>
    public override ImagePreprocessing DefaultPreprocessing => ImagePreprocessing.TorchvisionDetection();

    /// <summary>Whether boxes that reach over the image's edge are cut there. Default true.</summary>
    public virtual bool ClipsToImage => true;

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="outputs">The raw outputs by name; they serve other runs afterwards, so none is kept.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <param name="geometry">How the image was prepared.</param>
    /// <returns>Boxes in pixels of the prepared tensor, highest score first.</returns>
    public abstract IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry);

    /// <summary>
    /// What an engine can pick of the raw outputs so that <see cref="Decode(IReadOnlyList{LevelCandidates}, PreparedGeometry)"/>
    /// gives the same boxes; null for a task that decodes whole outputs only. Default null.
    /// </summary>
    public virtual CandidateRequest? Candidates => null;

    /// <summary>Decodes one image from what an engine picked.</summary>
    /// <param name="levels">The image's levels, in the order of <see cref="Candidates"/>.</param>
    /// <param name="geometry">How the image was prepared.</param>
    /// <returns>Boxes in pixels of the prepared tensor, highest score first.</returns>
    /// <exception cref="NotSupportedException"><see cref="Candidates"/> is null.</exception>
    public virtual IReadOnlyList<ScoredBox> Decode(IReadOnlyList<LevelCandidates> levels, PreparedGeometry geometry) =>
        throw new NotSupportedException($"The task ({Describe()}) decodes whole outputs only.");

    /// <summary>Maps a decoded box to the source image's pixels and, with <see cref="ClipsToImage"/>, cuts it at the edge.</summary>
    /// <param name="box">In pixels of the prepared tensor.</param>
    /// <param name="geometry">How the image was prepared.</param>
    public Box ToSource(Box box, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return ClipsToImage ? geometry.ToSource(box) : geometry.ToSourceUnclipped(box);
    }
}
