using System.Diagnostics;
using DeepVision.Components;
using DeepVision.Heads;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>
/// A model on an engine: images in, answers out. Thread-safe. It owns the engine's memory: dispose it when done. The
/// <see cref="VisionModel"/> it was compiled from may be disposed before.
/// </summary>
public sealed class CompiledModel : IDisposable
{
    private readonly IModelEngine _engine;
    private readonly StageRunner _stages;
    private readonly int _inputChannels;
    private HostTensor? _spareInput;

    /// <summary>Puts a model on an engine; engines call it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="engine">The engine with the model's stages compiled; owned from now on.</param>
    public CompiledModel(VisionModel model, IModelEngine engine)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _stages = new StageRunner(engine, model.Stages);
        _inputChannels = model.Graph.Inputs[0].Channels;
        Name = model.Name;
        Task = model.Task;
        Preprocessing = model.Preprocessing;
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>How raw outputs become answers.</summary>
    public VisionTask Task { get; }

    /// <summary>How images become tensors.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>
    /// Whether files read for the model may be decoded at reduced size where that keeps what it reads as good as the same; not where
    /// exact results were asked for.
    /// </summary>
    public bool AllowsReducedDecoding => _engine.AllowsReducedDecoding;

    /// <summary>How many threads what is done around the network may take.</summary>
    internal int HostThreads => _engine.HostThreads;

    /// <summary>The engine in one line.</summary>
    public string Engine => _engine.Description;

    /// <summary>The most probable classes of an image.</summary>
    /// <exception cref="InvalidOperationException">The model does not classify, or the image would become too large a tensor.</exception>
    public Predictions<Classification> Classify(RgbImage image, PredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Classify([image], options, CancellationToken.None)[0];
    }

    /// <summary>The most probable classes of each of many images of any sizes.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at between images; those that run together in one batch finish it.</param>
    /// <exception cref="InvalidOperationException">The model does not classify, or an image would become too large a tensor.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IReadOnlyList<Predictions<Classification>> Classify(
        IReadOnlyList<RgbImage> images, PredictionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PredictionOptions();
        ClassificationTask task = RequireTask<ClassificationTask>("classify");
        return Predict(images, options, cancellationToken, _stages.Run, (outputs, index, geometry, timings) =>
        {
            Classification[] found = task.Decode(RowOf(outputs[ClassificationTask.LogitsOutput], index), options.Top);
            return new Predictions<Classification>(found, geometry.Source, timings);
        });
    }

    /// <summary>The objects in an image, in its pixels, highest score first.</summary>
    /// <exception cref="InvalidOperationException">The model does not detect, or the image would become too large a tensor.</exception>
    public Predictions<Detection> Detect(RgbImage image, PredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Detect([image], options, CancellationToken.None)[0];
    }

    /// <summary>The objects in each of many images of any sizes.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at between images; those that run together in one batch finish it.</param>
    /// <exception cref="InvalidOperationException">The model does not detect, or an image would become too large a tensor.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IReadOnlyList<Predictions<Detection>> Detect(
        IReadOnlyList<RgbImage> images, PredictionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PredictionOptions();
        DetectionTask task = RequireTask<DetectionTask>("detect");
        if (_stages.IsSingle && _engine is ICandidateEngine engine && task.Candidates is { } request)
        {
            return Predict(
                images,
                options,
                cancellationToken,
                (input, _) => engine.RunCandidates(_stages.First, input, request),
                (candidates, index, geometry, timings) => Labeled(task, task.Decode(candidates[index], geometry), options, geometry, timings));
        }

        return Predict(images, options, cancellationToken, RunDecoded, (outputs, index, geometry, timings) =>
            Labeled(task, task.Decode(outputs, index, geometry), options, geometry, timings));
    }

    /// <summary>A class for every pixel of an image.</summary>
    /// <exception cref="InvalidOperationException">The model does not segment, or the image would become too large a tensor.</exception>
    public Segmentation Segment(RgbImage image, PredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Segment([image], options, CancellationToken.None)[0];
    }

    /// <summary>A class for every pixel of each of many images of any sizes.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at between images; those that run together in one batch finish it.</param>
    /// <exception cref="InvalidOperationException">The model does not segment, or an image would become too large a tensor.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IReadOnlyList<Segmentation> Segment(
        IReadOnlyList<RgbImage> images, PredictionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PredictionOptions();
        SegmentationTask task = RequireTask<SegmentationTask>("segment");
        return Predict(images, options, cancellationToken, RunDecoded, (outputs, index, geometry, timings) =>
        {
            HostTensor all = outputs[SegmentationTask.LogitsOutput];
            int length = all.Values.Length / all.Shape.Batch;
            var logits = new PixelLogits(all.Memory.Slice(index * length, length), task.Labels.Count, geometry);
            ushort[] classes = logits.Classes(_engine.HostThreads);
            return new Segmentation(geometry.Source, classes, task.Labels, options.KeepScores ? new PixelLogits(logits) : null)
            {
                Timings = timings,
                Threads = _engine.HostThreads,
            };
        });
    }

    /// <summary>The vector that the classifier's last layer reads.</summary>
    /// <exception cref="InvalidOperationException">The model has no embedding, or the image would become too large a tensor.</exception>
    public Embedding Embed(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Embed([image])[0];
    }

    /// <summary>The embedding of each of many images of any sizes.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at between images; those that run together in one batch finish it.</param>
    /// <exception cref="InvalidOperationException">The model has no embedding, or an image would become too large a tensor.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IReadOnlyList<Embedding> Embed(
        IReadOnlyList<RgbImage> images, PredictionOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!RequireTask<ClassificationTask>("embed").HasEmbedding)
        {
            throw new InvalidOperationException($"'{Name}' gives no embedding; its head has no output '{ClassificationTask.EmbeddingOutput}'.");
        }

        return Predict(images, options ?? new PredictionOptions(), cancellationToken, _stages.Run, (outputs, index, _, timings) =>
            new Embedding(RowOf(outputs[ClassificationTask.EmbeddingOutput], index).ToArray(), timings));
    }

    /// <summary>The raw outputs for an image, tapped features among them, by name; each has batch size 1.</summary>
    /// <exception cref="InvalidOperationException">The image would become too large a tensor.</exception>
    public IReadOnlyDictionary<string, HostTensor> Run(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        RequireImages();
        return Run(Preprocessing.PrepareOn(_engine.HostThreads, image));
    }

    /// <summary>The raw outputs for an image that was prepared already, by name.</summary>
    internal IReadOnlyDictionary<string, HostTensor> Run(PreparedImage prepared) => _stages.Run(prepared.Tensor, [prepared.Geometry]);

    /// <summary>
    /// The raw outputs for a prepared tensor (N, C, H, W), tapped features among them, by name. Steps between stages take the whole
    /// tensor for the image.
    /// </summary>
    /// <exception cref="ModelBuildException">The network does not take inputs of this shape.</exception>
    public IReadOnlyDictionary<string, HostTensor> Run(HostTensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_stages.IsSingle)
        {
            return _engine.Run(_stages.First, input);
        }

        PreparedGeometry whole = PreparedGeometry.OfTensor(Preprocessing, new ImageSize(input.Shape.Width, input.Shape.Height));
        return _stages.Run(input, [.. Enumerable.Repeat(whole, input.Shape.Batch)]);
    }

    /// <summary>How the engine runs the model for one input shape: a line a step, with what it chose and for which size of input.</summary>
    /// <exception cref="ModelBuildException">The network does not take inputs of this shape.</exception>
    public string DescribePlan(TensorShape input) => _stages.Describe(input);

    /// <summary>Frees the engine's memory.</summary>
    public void Dispose() => _engine.Dispose();

    /// <summary>The model and the engine.</summary>
    public override string ToString() => $"{Name} on {Engine}";

    private IReadOnlyDictionary<string, HostTensor> RunDecoded(HostTensor input, IReadOnlyList<PreparedGeometry> geometries) =>
        _stages.Run(input, geometries, Task.DecodedOutputs);

    private TTask RequireTask<TTask>(string verb)
        where TTask : VisionTask =>
        Task as TTask
        ?? throw new InvalidOperationException($"'{Name}' cannot {verb}: its task is {Task.Describe()}.");

    private void RequireImages()
    {
        if (_inputChannels != 3)
        {
            throw new InvalidOperationException(
                $"'{Name}' takes tensors of {_inputChannels} channels, and images give 3. Prepare a tensor and call Run.");
        }
    }

    private static Predictions<Detection> Labeled(
        DetectionTask task,
        IReadOnlyList<ScoredBox> boxes,
        PredictionOptions options,
        PreparedGeometry geometry,
        IReadOnlyList<StageTiming> timings) =>
        new(new DetectionList(task, boxes, options.MinScore, geometry), geometry.Source, timings);

    private IReadOnlyList<TResult> Predict<TOutput, TResult>(
        IReadOnlyList<RgbImage> images,
        PredictionOptions options,
        CancellationToken cancellationToken,
        Func<HostTensor, IReadOnlyList<PreparedGeometry>, TOutput> run,
        Decoder<TOutput, TResult> decode)
    {
        ArgumentNullException.ThrowIfNull(images);
        options.Validate();
        RequireImages();
        if (images.Count == 0)
        {
            return [];
        }

        foreach (RgbImage image in images)
        {
            ArgumentNullException.ThrowIfNull(image, nameof(images));
        }

        IReadOnlyList<PreparedGeometry> geometries =
            Preprocessing.PlanBatch([.. images.Select(image => image.FullSize)], options.Padding);
        var results = new TResult[images.Count];
        foreach (IGrouping<ImageSize, int> sameShape in Enumerable.Range(0, images.Count).GroupBy(i => geometries[i].Tensor))
        {
            foreach (int[] batch in sameShape.Chunk(options.MaxBatch))
            {
                PredictBatch(batch, images, geometries, cancellationToken, run, decode, results);
            }
        }

        return results;
    }

    private void PredictBatch<TOutput, TResult>(
        int[] batch,
        IReadOnlyList<RgbImage> images,
        IReadOnlyList<PreparedGeometry> geometries,
        CancellationToken cancellationToken,
        Func<HostTensor, IReadOnlyList<PreparedGeometry>, TOutput> run,
        Decoder<TOutput, TResult> decode,
        TResult[] results)
    {
        ImageSize size = geometries[batch[0]].Tensor;
        HostTensor input = RentInput(new TensorShape(batch.Length, 3, size.Height, size.Width));
        int length = geometries[batch[0]].ElementCount;
        var preparing = new TimeSpan[batch.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            Preprocessing.ApplyOn(_engine.HostThreads, images[batch[i]], geometries[batch[i]], input.Values.Slice(i * length, length));
            preparing[i] = Stopwatch.GetElapsedTime(begin);
        }

        long start = Stopwatch.GetTimestamp();
        TOutput outputs = run(input, [.. batch.Select(index => geometries[index])]);
        TimeSpan running = Stopwatch.GetElapsedTime(start) / batch.Length;
        _spareInput = input;
        for (int i = 0; i < batch.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            start = Stopwatch.GetTimestamp();
            var timings = new StageTiming[3];
            results[batch[i]] = decode(outputs, i, geometries[batch[i]], timings);
            timings[0] = new StageTiming("preprocess", preparing[i]);
            timings[1] = new StageTiming("network", running);
            timings[2] = new StageTiming("decode", Stopwatch.GetElapsedTime(start));
        }

        // Answers are records of their own: none holds on to the outputs.
        if (outputs is IReadOnlyDictionary<string, HostTensor> tensors)
        {
            _stages.Recycle(tensors);
        }
    }

    // One input tensor is kept for the next call of the same shape; concurrent calls make their own.
    private HostTensor RentInput(TensorShape shape) =>
        Interlocked.Exchange(ref _spareInput, null) is { } spare && spare.Shape == shape ? spare : new HostTensor(shape);

    private static ReadOnlySpan<float> RowOf(HostTensor tensor, int index)
    {
        int length = tensor.Values.Length / tensor.Shape.Batch;
        return tensor.Values.Slice(index * length, length);
    }

    private delegate TResult Decoder<in TOutput, out TResult>(
        TOutput outputs, int index, PreparedGeometry geometry, IReadOnlyList<StageTiming> timings);
}
