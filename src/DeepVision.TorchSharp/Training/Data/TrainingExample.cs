using DeepVision.Preprocessing;

namespace DeepVision.Torch.Training.Data;

/// <summary>
/// One image with what a network should learn to say of it. Derive one for a new kind of head; augmentations move whatever it
/// holds through <see cref="Moved"/>. Immutable: neither the loader nor an augmentation writes into the image.
/// </summary>
/// <param name="Image">The image.</param>
public abstract record TrainingExample(RgbImage Image)
{
    /// <summary>The same example in an image that was mirrored, scaled or cropped.</summary>
    /// <param name="image">The new image.</param>
    /// <param name="map">Where the old image's points are in it.</param>
    public abstract TrainingExample Moved(RgbImage image, BoxMap map);

    /// <summary>Checks the example; called for each one that a loader reads.</summary>
    /// <exception cref="ArgumentException">Something cannot be learnt from; the message says what.</exception>
    public virtual void Validate()
    {
    }
}
