using System.Collections.Concurrent;
using DeepVision.Preprocessing;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Data;

/// <summary>
/// Reads, augments and prepares batches on threads of its own, a bounded number ahead, and gives them in order, epoch after
/// epoch without an end. What a batch holds is a function of the data, the options and the batch's number alone. One thread
/// may call <see cref="Next"/>. Dispose it to end the threads.
/// </summary>
/// <typeparam name="TExample">The kind of example.</typeparam>
public sealed class TrainingLoader<TExample> : IDisposable
    where TExample : TrainingExample
{
    private readonly BatchReader<TExample> _reader;
    private readonly Device _device;
    private readonly TorchMemoryFormat _format;
    private readonly EpochOrder _order;
    private readonly Thread[] _threads;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room;
    private readonly ConcurrentDictionary<long, BatchOutcome<TExample>> _ready = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _closing = new();
    private long _taken;
    private long _next;

    /// <summary>Starts to read.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="preprocessing">How an augmented image becomes a tensor.</param>
    /// <param name="options">Batches, augmentation, threads; null for the defaults.</param>
    /// <param name="device">Where the tensors go; null for the CPU.</param>
    /// <param name="firstBatch">The number of the first batch to give, counted over all epochs; for resuming.</param>
    /// <exception cref="ArgumentException">There are fewer examples than one batch needs.</exception>
    public TrainingLoader(
        ITrainingData<TExample> data, ImagePreprocessing preprocessing, LoaderOptions? options = null, Device? device = null, long firstBatch = 0)
        : this(data, preprocessing, options ?? new LoaderOptions(), device, firstBatch, LastBatch.LeftOut, TorchMemoryFormat.Contiguous)
    {
    }

    internal TrainingLoader(
        ITrainingData<TExample> data,
        ImagePreprocessing preprocessing,
        LoaderOptions options,
        Device? device,
        long firstBatch,
        LastBatch lastBatch,
        TorchMemoryFormat format = TorchMemoryFormat.ChannelsLast)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        _device = device ?? CPU;
        _format = format;
        _order = new EpochOrder(data.Count, options, lastBatch);
        _reader = new BatchReader<TExample>(data, preprocessing, options, _order);
        _next = _taken = firstBatch;
        _room = new SemaphoreSlim(options.Prefetch);
        _threads = new Thread[Math.Min(options.Workers, options.Prefetch)];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"training loader {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => _order.BatchesPerEpoch;

    /// <summary>The number of the batch that <see cref="Next"/> gives next, counted over all epochs.</summary>
    public long Position => _next;

    /// <summary>The next batch; waits until it is ready.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The batch; the caller disposes it.</returns>
    /// <exception cref="TrainingException">An example could not be read, augmented or prepared; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public TrainingBatch<TExample> Next(CancellationToken cancellationToken = default)
    {
        PreparedBatch<TExample> batch = NextPrepared(cancellationToken, out int[] indices);
        Tensor images = ImageTensors.Create(batch.Images, _device, _format);
        return new TrainingBatch<TExample>(images, batch.Examples) { Indices = indices };
    }

    /// <summary>Ends the threads; waits for the example that each is reading.</summary>
    public void Dispose()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        _closing.Cancel();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    internal PreparedBatch<TExample> NextPrepared(CancellationToken cancellationToken, out int[] indices)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        BatchOutcome<TExample>? outcome;
        while (!_ready.TryRemove(_next, out outcome))
        {
            _arrived.Wait(cancellationToken);
        }

        // A failed batch is put back: whoever asks again is told again.
        if (outcome.Failure is { } failure)
        {
            _ready[_next] = outcome;
            throw new TrainingException(failure.Message, failure.InnerException) { Example = failure.Example, Step = _next };
        }

        _next++;
        _room.Release();
        indices = outcome.Indices;
        return outcome.Batch!;
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _room.Wait(_closing.Token);
                long number;
                lock (_gate)
                {
                    number = _taken++;
                }

                _ready[number] = _reader.Read(number, _closing.Token);
                _arrived.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The loader is being disposed.
        }
    }
}
