using DeepVision.Prediction;
using DeepVision.Tensors;
using SixLabors.ImageSharp;

namespace DeepVision.ImageSharp;

/// <summary>
/// A model's answer for an ImageSharp image, whose pixels are taken as <see cref="ImageConversion.AsRgbImage"/> takes them. Boxes are in the
/// image's pixels. Thread-safe, as long as nobody changes the image meanwhile.
/// </summary>
public static class CompiledModelImages
{
    /// <summary>The most probable classes of an image.</summary>
    /// <param name="model">A classifier.</param>
    /// <param name="image">The image, upright.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The model does not classify, or the image would become too large a tensor.</exception>
    public static Predictions<Classification> Classify(this CompiledModel model, Image image, PredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Classify(image.AsRgbImage(), options);
    }

    /// <summary>The objects in an image, highest score first.</summary>
    /// <param name="model">A detector.</param>
    /// <param name="image">The image, upright.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The model does not detect, or the image would become too large a tensor.</exception>
    public static Predictions<Detection> Detect(this CompiledModel model, Image image, PredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Detect(image.AsRgbImage(), options);
    }

    /// <summary>A class for every pixel of an image.</summary>
    /// <param name="model">A segmentation network.</param>
    /// <param name="image">The image, upright.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The model does not segment, or the image would become too large a tensor.</exception>
    public static Segmentation Segment(this CompiledModel model, Image image, PredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Segment(image.AsRgbImage(), options);
    }
}
