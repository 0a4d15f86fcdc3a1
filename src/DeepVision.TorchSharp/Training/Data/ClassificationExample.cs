using DeepVision.Preprocessing;

namespace DeepVision.Torch.Training.Data;

/// <summary>An image of one class.</summary>
/// <param name="Image">The image.</param>
/// <param name="ClassIndex">Its class, 0 or more.</param>
public sealed record ClassificationExample(RgbImage Image, int ClassIndex) : TrainingExample(Image)
{
    /// <inheritdoc/>
    public override ClassificationExample Moved(RgbImage image, BoxMap map) => this with { Image = image };

    /// <inheritdoc/>
    public override void Validate()
    {
        if (ClassIndex < 0)
        {
            throw new ArgumentException($"The class must be 0 or more; found {ClassIndex}.");
        }
    }
}
