using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Checkpoints;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Reports;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training;

/// <summary>One run of a <see cref="Trainer{TExample}"/>: owns the optimizer's state, the average and the files.</summary>
internal sealed class TrainingRun<TExample> : IDisposable
    where TExample : TrainingExample
{
    private readonly nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> _module;
    private readonly ImagePreprocessing _preprocessing;
    private readonly TrainerOptions _options;
    private readonly ITrainingData<TExample> _data;
    private readonly ParameterPlan _plan;
    private readonly ParameterOptimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly RunFolder? _folder;
    private readonly RunLog _log;
    private readonly RunCheckpoints? _checkpoints;
    private readonly RunMeasurement? _measurement;
    private readonly StepMaker<TExample> _steps;
    private readonly RunEnding _ending;
    private TrainingState _state;
    private double _lastLoss = double.NaN;

    public TrainingRun(
        nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module,
        ITrainingLoss<TExample> loss,
        ImagePreprocessing preprocessing,
        TrainerOptions options,
        ITrainingData<TExample> data,
        ITrainingEvaluation? evaluation,
        Func<string, Stream>? createFile)
    {
        _module = module;
        _preprocessing = preprocessing;
        _options = options;
        _data = data;
        if (options is { FinalWeights: FinalWeights.Best, Folder: null })
        {
            throw new ArgumentException($"{nameof(FinalWeights)}.{nameof(FinalWeights.Best)} needs a {nameof(options.Folder)}, where the best weights are kept.", nameof(options));
        }

        int batches = new EpochOrder(data.Count, options.Loader, LastBatch.LeftOut).BatchesPerEpoch;
        long totalSteps = options.Steps ?? ((long)batches * options.Epochs);
        _plan = new ParameterPlan(module, options.Parameters);
        _state = new TrainingState
        {
            Step = 0,
            Seed = options.Loader.Seed,
            BatchesPerEpoch = batches,
            TotalSteps = totalSteps,
            Settings = RunSettings.Of(options, loss, preprocessing, data.Count, totalSteps),
        };

        // Files and native memory last, when the options are known to be right.
        _folder = options.Folder is { } folder ? new RunFolder(folder, createFile) : null;
        _optimizer = options.Optimizer.Create(_plan.Trained);
        _average = options.Average is { } average ? new WeightAverage(module, average) : null;
        _steps = new StepMaker<TExample>(module, loss, options, _plan, _optimizer, data.NameOf);
        _log = new RunLog(options, _folder, totalSteps);
        var tensors = new RunTensors(module, _optimizer, _average);
        _checkpoints = _folder is null ? null : new RunCheckpoints(_folder, tensors, _log);
        _measurement = evaluation is null ? null : new RunMeasurement(module, evaluation, _plan, _average, tensors, _folder);
        _ending = new RunEnding(_folder);
    }

    private long MeasureEvery => _options.MeasureEvery ?? _state.BatchesPerEpoch;

    private long CheckpointEvery => _options.CheckpointEvery ?? _state.BatchesPerEpoch;

    public TrainingResult Execute(CancellationToken cancellationToken)
    {
        _state = _checkpoints?.Begin(_options.Start, _state) ?? _state;
        try
        {
            _log.ShowProgress(_state.BatchesPerEpoch);
            _plan.EnterTraining();
            TrainingOutcome outcome = Train(cancellationToken);
            _checkpoints?.WriteIfNew(_state);
            if (outcome != TrainingOutcome.Canceled)
            {
                TakeFinalWeights();
            }

            TrainingResult result = _ending.Result(outcome, _state, _lastLoss);
            _log.Say(result.Message);
            return result;
        }
        catch (Exception exception)
        {
            throw _ending.Failure(exception, _state);
        }
        finally
        {
            _plan.LeaveTraining();
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _average?.Dispose();
    }

    private TrainingOutcome Train(CancellationToken cancellationToken)
    {
        try
        {
            // A measurement that a cancellation cut off is made up for first.
            MeasureWhereDue(cancellationToken);
            if (Outcome is { } before)
            {
                return before;
            }

            using var loader = new TrainingLoader<TExample>(
                _data, _preprocessing, _options.Loader, _plan.Trained[0].Value.device, _state.Step, LastBatch.LeftOut, _options.MemoryFormat);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using (TrainingBatch<TExample> batch = loader.Next(cancellationToken))
                {
                    Learn(batch);
                }

                MeasureWhereDue(cancellationToken);
                if (Outcome is { } outcome)
                {
                    return outcome;
                }

                if (_state.Step % CheckpointEvery == 0)
                {
                    _checkpoints?.WriteIfNew(_state);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return TrainingOutcome.Canceled;
        }
    }

    /// <summary>How the run ends after the steps made so far; null where it goes on.</summary>
    private TrainingOutcome? Outcome =>
        _state.Step == _state.TotalSteps ? TrainingOutcome.Completed
        : _state.SinceBest >= _options.Patience ? TrainingOutcome.StoppedEarly
        : null;

    private void Learn(TrainingBatch<TExample> batch)
    {
        TrainingStep step = _steps.Make(_state, batch);
        _state = _state with { Step = step.Step };
        _average?.Update(step.Step);
        _lastLoss = step.Loss;
        _log.Step(step);
    }

    private void MeasureWhereDue(CancellationToken cancellationToken)
    {
        bool isDue = _state.Step > _state.MeasuredStep && (_state.Step == _state.TotalSteps || _state.Step % MeasureEvery == 0);
        if (_measurement is not null && isDue)
        {
            TimeSpan begin = _log.Elapsed;
            (Measurement found, _state) = _measurement.Run(_state, cancellationToken);
            _log.Measured(found, _state, begin);
        }
    }

    private void TakeFinalWeights()
    {
        if (_options.FinalWeights == FinalWeights.Best && _folder is not null && _state.BestValue is not null)
        {
            CheckpointFile.ReadWeights(_folder.Best, _module.state_dict());
        }
        else if (_options.FinalWeights != FinalWeights.Last)
        {
            _average?.Swap();
        }
    }
}
