using System.Globalization;
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

/// <summary>One run of a <see cref="Trainer{TExample}"/>: owns the optimiser's state, the average and the files.</summary>
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
    private readonly Device _device;
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
        int batches = new EpochOrder(data.Count, options.Loader, LastBatch.LeftOut).BatchesPerEpoch;
        _plan = new ParameterPlan(module, options.Parameters);
        _device = _plan.Trained[0].Value.device;
        _optimizer = options.Optimizer.Create(_plan.Trained);
        _average = options.Average is { } average ? new WeightAverage(module, average) : null;
        _folder = options.Folder is { } folder ? new RunFolder(folder, createFile) : null;
        _state = new TrainingState
        {
            Step = 0,
            Seed = options.Loader.Seed,
            BatchesPerEpoch = batches,
            TotalSteps = options.Steps ?? ((long)batches * options.Epochs),
            Settings = string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Optimizer}; {options.Schedule}; batch {options.Loader.BatchSize}; {data.Count} examples; gradient norm {options.GradientNorm}; {options.Average}"),
        };
        _steps = new StepMaker<TExample>(module, loss, options, _plan, _optimizer, data.NameOf);
        _log = new RunLog(options, _folder, _state.TotalSteps);
        var tensors = new RunTensors(module, _optimizer, _average);
        _checkpoints = _folder is null ? null : new RunCheckpoints(_folder, tensors, _log);
        _measurement = evaluation is null ? null : new RunMeasurement(module, evaluation, _plan, _average, tensors, _folder);
    }

    private long MeasureEvery => _options.MeasureEvery ?? _state.BatchesPerEpoch;

    private long CheckpointEvery => _options.CheckpointEvery ?? _state.BatchesPerEpoch;

    public TrainingResult Execute(CancellationToken cancellationToken)
    {
        _state = _checkpoints?.Begin(_options.Start, _state) ?? _state;
        _log.ShowProgress(_state.BatchesPerEpoch);
        _plan.EnterTraining();
        TrainingOutcome outcome;
        try
        {
            using var loader = new TrainingLoader<TExample>(
                _data, _preprocessing, _options.Loader, _device, _state.Step, LastBatch.LeftOut, _options.MemoryFormat);
            outcome = MakeSteps(loader, cancellationToken);
        }
        catch (TrainingException exception) when (exception.Checkpoint is null && _folder is not null)
        {
            throw new TrainingException($"{exception.Message} {_folder.Remains()}", exception.InnerException)
            {
                Example = exception.Example,
                Step = _state.Step,
                Checkpoint = _folder.LastStep is null ? null : _folder.Last,
            };
        }

        return Finish(outcome);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _average?.Dispose();
    }

    private TrainingOutcome MakeSteps(TrainingLoader<TExample> loader, CancellationToken cancellationToken)
    {
        while (_state.Step < _state.TotalSteps)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                using TrainingBatch<TExample> batch = loader.Next(cancellationToken);
                Learn(batch);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return TrainingOutcome.Cancelled;
            }

            bool isLast = _state.Step == _state.TotalSteps;
            bool stop = false;
            if (_measurement is not null && (isLast || _state.Step % MeasureEvery == 0))
            {
                try
                {
                    TimeSpan begin = _log.Elapsed;
                    (Measurement found, _state) = _measurement.Run(_state, cancellationToken);
                    _log.Measured(found, _state, begin);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return TrainingOutcome.Cancelled;
                }

                stop = _options.Patience is { } patience && _state.SinceBest >= patience;
            }

            if (!isLast && !stop && _state.Step % CheckpointEvery == 0)
            {
                _checkpoints?.Write(_state);
            }

            if (stop)
            {
                return TrainingOutcome.StoppedEarly;
            }
        }

        return TrainingOutcome.Completed;
    }

    private void Learn(TrainingBatch<TExample> batch)
    {
        TrainingStep step = _steps.Make(_state, batch);
        _state = _state with { Step = step.Step };
        _average?.Update(step.Step);
        _lastLoss = step.Loss;
        _log.Step(step);
    }

    private TrainingResult Finish(TrainingOutcome outcome)
    {
        if (_folder?.LastStep != _state.Step)
        {
            _checkpoints?.Write(_state);
        }

        if (outcome != TrainingOutcome.Cancelled)
        {
            TakeFinalWeights();
        }

        string best = _state.BestValue is { } value ? string.Create(CultureInfo.InvariantCulture, $" Best: {value:F4} after step {_state.BestStep}.") : "";
        string message = outcome switch
        {
            TrainingOutcome.Completed => $"All {_state.TotalSteps} steps were made.{best}",
            TrainingOutcome.StoppedEarly => $"Stopped after step {_state.Step} of {_state.TotalSteps}: no better for {_state.SinceBest} measurements.{best}",
            _ => $"Cancelled after step {_state.Step} of {_state.TotalSteps}.{(_folder is null ? " No folder was given, so nothing was kept." : $" Resume from '{_folder.Last}'.")}{best}",
        };
        _log.Say(message);
        return new TrainingResult
        {
            Outcome = outcome,
            Message = message,
            Steps = _state.Step,
            LastLoss = _lastLoss,
            BestValue = _state.BestValue,
            BestStep = _state.BestStep,
            Checkpoint = _folder?.Last,
            BestWeights = _folder is not null && _state.BestValue is not null ? _folder.Best : null,
        };
    }

    private void TakeFinalWeights()
    {
        _module.eval();
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
