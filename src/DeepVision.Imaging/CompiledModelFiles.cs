using System.Diagnostics;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging;

/// <summary>
/// From an image file to a model's answer. Unless told otherwise the file is read with <see cref="ImageLoadOptions.ReduceFor"/> set to
/// the model's preprocessing, so that a large photograph is decoded no larger than the model needs it; not where
/// <see cref="CompiledModel.AllowsReducedDecoding"/> is false; and by no more threads than the model has. Boxes are in the pixels of the whole picture either way. The time of
/// reading and decoding comes first in the answer's timings, as stage <c>load</c>. Thread-safe.
/// </summary>
public static class CompiledModelFiles
{
    private const string LoadStage = "load";

    /// <summary>The most probable classes of the image in a file.</summary>
    /// <param name="model">A classifier.</param>
    /// <param name="path">The image file.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the file, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The file is no readable image, or exceeds a limit.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The model does not classify, or the image would become too large a tensor.</exception>
    public static Predictions<Classification> Classify(
        this CompiledModel model, string path, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, path, loading);
        return model.Classify(image, options).After(load);
    }

    /// <summary>The objects in the image in a file, in the pixels of the whole picture, highest score first.</summary>
    /// <param name="model">A detector.</param>
    /// <param name="path">The image file.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the file, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The file is no readable image, or exceeds a limit.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The model does not detect, or the image would become too large a tensor.</exception>
    public static Predictions<Detection> Detect(
        this CompiledModel model, string path, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, path, loading);
        return model.Detect(image, options).After(load);
    }

    /// <summary>A class for every pixel of the whole picture in a file.</summary>
    /// <param name="model">A segmentation network.</param>
    /// <param name="path">The image file.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the file, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The file is no readable image, or exceeds a limit.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The model does not segment, or the image would become too large a tensor.</exception>
    public static Segmentation Segment(
        this CompiledModel model, string path, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, path, loading);
        return model.Segment(image, options).After(load);
    }

    /// <summary>The most probable classes of the image in a stream, from its position on.</summary>
    /// <param name="model">A classifier.</param>
    /// <param name="stream">A readable stream; it stays open.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the image, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The stream holds no readable image, or one that exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The model does not classify, or the image would become too large a tensor.</exception>
    public static Predictions<Classification> Classify(
        this CompiledModel model, Stream stream, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, stream, loading);
        return model.Classify(image, options).After(load);
    }

    /// <summary>The objects in the image in a stream, from its position on, in the pixels of the whole picture, highest score first.</summary>
    /// <param name="model">A detector.</param>
    /// <param name="stream">A readable stream; it stays open.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the image, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The stream holds no readable image, or one that exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The model does not detect, or the image would become too large a tensor.</exception>
    public static Predictions<Detection> Detect(
        this CompiledModel model, Stream stream, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, stream, loading);
        return model.Detect(image, options).After(load);
    }

    /// <summary>A class for every pixel of the whole picture in a stream, from its position on.</summary>
    /// <param name="model">A segmentation network.</param>
    /// <param name="stream">A readable stream; it stays open.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the image, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The stream holds no readable image, or one that exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The model does not segment, or the image would become too large a tensor.</exception>
    public static Segmentation Segment(
        this CompiledModel model, Stream stream, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, stream, loading);
        return model.Segment(image, options).After(load);
    }

    /// <summary>The vector that the classifier's last layer reads, of the image in a file.</summary>
    /// <param name="model">A classifier.</param>
    /// <param name="path">The image file.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the file, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The file is no readable image, or exceeds a limit.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The model has no embedding, or the image would become too large a tensor.</exception>
    public static Embedding Embed(
        this CompiledModel model, string path, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, path, loading);
        return model.Embed([image], options)[0].After(load);
    }

    /// <summary>The vector that the classifier's last layer reads, of the image in a stream, from its position on.</summary>
    /// <param name="model">A classifier.</param>
    /// <param name="stream">A readable stream; it stays open.</param>
    /// <param name="options">How to predict; null for the defaults.</param>
    /// <param name="loading">How to read the image, taken as it is; null for the defaults with the model's preprocessing.</param>
    /// <exception cref="ImageFileException">The stream holds no readable image, or one that exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The model has no embedding, or the image would become too large a tensor.</exception>
    public static Embedding Embed(
        this CompiledModel model, Stream stream, PredictionOptions? options = null, ImageLoadOptions? loading = null)
    {
        (RgbImage image, StageTiming load) = Load(model, stream, loading);
        return model.Embed([image], options)[0].After(load);
    }

    private static (RgbImage Image, StageTiming Load) Load(CompiledModel model, string path, ImageLoadOptions? loading) =>
        Load(model, loading, how => ImageFile.Load(path, how));

    private static (RgbImage Image, StageTiming Load) Load(CompiledModel model, Stream stream, ImageLoadOptions? loading) =>
        Load(model, loading, how => ImageFile.Load(stream, how));

    private static (RgbImage Image, StageTiming Load) Load(CompiledModel model, ImageLoadOptions? loading, Func<ImageLoadOptions, RgbImage> load)
    {
        ArgumentNullException.ThrowIfNull(model);
        loading ??= new ImageLoadOptions
        {
            ReduceFor = model.AllowsReducedDecoding ? model.Preprocessing : null,
            MaxThreads = Math.Min(ImageLoadOptions.Default.MaxThreads, model.HostThreads),
        };
        long start = Stopwatch.GetTimestamp();
        RgbImage image = load(loading);
        return (image, new StageTiming(LoadStage, Stopwatch.GetElapsedTime(start)));
    }
}
