using System.Diagnostics;
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
    private readonly ITrainingLoss<TExample> _loss;
    private readonly ImagePreprocessing _preprocessing;
    private readonly TrainerOptions _options;
    private readonly ITrainingData<TExample> _data;
    private readonly ITrainingEvaluation? _evaluation;
    private readonly ParameterPlan _plan;
    private readonly ParameterOptimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly RunFolder? _folder;
    private readonly RunTable _table = new();
    private readonly RunInterval _interval = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Device _device;
    private ProgressReport? _progress;
    private TrainingState _state;
    private string _measure = "";
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
        _loss = loss;
        _preprocessing = preprocessing;
        _options = options;
        _data = data;
        _evaluation = evaluation;
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
    }

    private long MeasureEvery => _options.MeasureEvery ?? _state.BatchesPerEpoch;

    private long CheckpointEvery => _options.CheckpointEvery ?? _state.BatchesPerEpoch;

    public TrainingResult Execute(CancellationToken cancellationToken)
    {
        Resume();
        _progress = _options.Progress is { } progress
            ? new ProgressReport(progress, _state.TotalSteps, _state.BatchesPerEpoch, _options.Loader.BatchSize)
            : null;
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
                Report(MakeStep(batch));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return TrainingOutcome.Cancelled;
            }

            bool isLast = _state.Step == _state.TotalSteps;
            bool stop = false;
            if (_evaluation is not null && (isLast || _state.Step % MeasureEvery == 0))
            {
                try
                {
                    Measure(_evaluation, cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return TrainingOutcome.Cancelled;
                }

                stop = _options.Patience is { } patience && _state.SinceBest >= patience;
            }

            if (_folder is not null && !isLast && !stop && _state.Step % CheckpointEvery == 0)
            {
                WriteCheckpoint();
            }

            if (stop)
            {
                return TrainingOutcome.StoppedEarly;
            }
        }

        return TrainingOutcome.Completed;
    }

    private TrainingStep MakeStep(TrainingBatch<TExample> batch)
    {
        // What a step draws, for example in dropout, is a function of seed and step on every device.
        manual_seed((long)(new ExampleRandom(_state.Seed, 0, _state.Step, purpose: 2).NextBits() >> 1));
        double factor = _options.Schedule.FactorAt(_state.Step, _state.TotalSteps);
        double total;
        List<KeyValuePair<string, double>> parts;
        using (DisposeScope scope = NewDisposeScope())
        {
            IReadOnlyDictionary<string, Tensor> outputs = _module.call(batch.Images);
            LossValues loss = _loss.Compute(outputs, batch);
            total = Number(loss.Total);
            parts = [.. loss.Parts.Select(part => KeyValuePair.Create(part.Key, Number(part.Value)))];
            RequireFinite(total, "The loss", string.Join(", ", parts.Select(part => $"{part.Key} {part.Value}")), batch);
            _module.zero_grad();
            loss.Total.backward();
        }

        double? norm = null;
        if (_options.GradientNorm is { } largest)
        {
            using DisposeScope scope = NewDisposeScope();
            norm = nn.utils.clip_grad_norm_(_plan.Trained.Where(p => p.Value.grad is not null).Select(p => p.Value), largest);
            RequireFinite(norm.Value, "The norm of the gradients", $"loss {total}", batch);
        }

        _optimizer.Step(_state.Step, factor);
        long epoch = (_state.Step / _state.BatchesPerEpoch) + 1;
        _state = _state with { Step = _state.Step + 1 };
        _average?.Update(_state.Step);
        _lastLoss = total;
        return new TrainingStep
        {
            Step = _state.Step,
            Epoch = epoch,
            Loss = total,
            Parts = parts,
            LearningRate = _options.Optimizer.LearningRate * factor,
            GradientNorm = norm,
        };
    }

    private void RequireFinite(double value, string what, string details, TrainingBatch<TExample> batch)
    {
        if (double.IsFinite(value))
        {
            return;
        }

        string names = string.Join(", ", batch.Indices.Take(8).Select(_data.NameOf));
        throw new TrainingException(
            $"{what} of step {_state.Step + 1} is {value.ToString(CultureInfo.InvariantCulture)} ({details}); the batch was {names}. "
            + "The weights are those of the step before. Take a smaller learning rate, a longer warm-up or gradient clipping, or look at these examples.")
        {
            Step = _state.Step,
        };
    }

    private void Report(TrainingStep step)
    {
        _progress?.Step(step);
        _interval.Add(step);
        if (_folder is not null && (step.Step % _options.LogEvery == 0 || step.Step == _state.TotalSteps))
        {
            _table.Add(_interval.Take(_clock.Elapsed));
        }

        _options.OnStep?.Invoke(step);
    }

    private void Measure(ITrainingEvaluation evaluation, CancellationToken cancellationToken)
    {
        TimeSpan begin = _clock.Elapsed;
        _average?.Swap();
        Measurement found;
        bool isBest;
        try
        {
            _module.eval();
            using (IDisposable noGrad = no_grad())
            {
                found = evaluation.Measure(_module, cancellationToken);
            }

            isBest = _state.BestValue is not { } best || found.Value > best;
            _state = isBest
                ? _state with { BestValue = found.Value, BestStep = _state.Step, SinceBest = 0 }
                : _state with { SinceBest = _state.SinceBest + 1 };
            if (isBest && _folder is not null)
            {
                _folder.WriteBest(ModelTensors(), _state.Step, new Dictionary<string, string>
                {
                    ["format"] = "pt",
                    ["step"] = _state.Step.ToString(CultureInfo.InvariantCulture),
                    [found.Name] = found.Value.ToString("R", CultureInfo.InvariantCulture),
                });
            }
        }
        finally
        {
            _average?.Swap();
            _plan.EnterTraining();
        }

        _measure = found.Name;
        TimeSpan end = _clock.Elapsed;
        _progress?.Pause(end - begin);
        string others = string.Concat(found.Others.Select(o => string.Create(CultureInfo.InvariantCulture, $" {o.Key} {o.Value:F4}")));
        _progress?.Say(string.Create(CultureInfo.InvariantCulture, $"step {_state.Step}: {found.Name} {found.Value:F4}{others}{(isBest ? " (best)" : "")}"));
        _table.Add(new RunRow
        {
            Step = _state.Step,
            Epoch = ((_state.Step - 1) / _state.BatchesPerEpoch) + 1,
            Seconds = end.TotalSeconds,
            Measured = found.Value,
            Others = RunRow.Cell(found.Others),
        });
        _folder?.WriteReport(_table, _state.TotalSteps, _measure);
    }

    private void Resume()
    {
        if (_folder is null)
        {
            return;
        }

        bool isThere = File.Exists(_folder.Last);
        if (isThere && _options.Start == TrainingStart.Fresh)
        {
            throw new TrainingException($"'{_folder.Last}' is a run's checkpoint, and this one shall begin anew. Take another folder or resume.");
        }

        if (!isThere)
        {
            if (_options.Start == TrainingStart.Resume)
            {
                throw new TrainingException($"There is no checkpoint '{_folder.Last}' to resume from.");
            }

            // There is one from the beginning on, and a folder that cannot be written to shows before any work is lost.
            WriteCheckpoint();
            return;
        }

        TrainingState found = CheckpointFile.Read(_folder.Last, AllTensors().ToDictionary());
        if (found with { Step = 0, BestValue = null, BestStep = 0, SinceBest = 0 } != _state)
        {
            throw new TrainingException(
                $"'{_folder.Last}' is the checkpoint of a run with other settings: seed {found.Seed}, {found.TotalSteps} steps, {found.BatchesPerEpoch} batches an epoch, {found.Settings}. "
                + $"This one has: seed {_state.Seed}, {_state.TotalSteps} steps, {_state.BatchesPerEpoch} batches an epoch, {_state.Settings}. Resume with the same settings or take another folder.");
        }

        _state = found;
        _folder.LastStep = found.Step;
        _table.Load(_folder.Table, found.Step);
    }

    private TrainingResult Finish(TrainingOutcome outcome)
    {
        if (_folder is not null && _folder.LastStep != _state.Step)
        {
            WriteCheckpoint();
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
        _progress?.Say(message);
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

    private void WriteCheckpoint()
    {
        string[] broken = [.. ModelTensors().Where(entry => !IsFinite(entry.Value)).Select(entry => entry.Key).Take(5)];
        if (broken.Length > 0)
        {
            throw new TrainingException(
                $"After step {_state.Step} the weights {string.Join(", ", broken)} are not finite numbers, so no checkpoint was written. "
                + "Take a smaller learning rate, a longer warm-up or gradient clipping.") { Step = _state.Step };
        }

        _folder!.WriteCheckpoint(AllTensors(), _state);
        _folder.WriteReport(_table, _state.TotalSteps, _measure);
    }

    private IEnumerable<KeyValuePair<string, Tensor>> ModelTensors() => _module.state_dict();

    private IEnumerable<KeyValuePair<string, Tensor>> AllTensors() =>
    [
        .. ModelTensors().Select(entry => KeyValuePair.Create($"model.{entry.Key}", entry.Value)),
        .. (_average?.Tensors ?? []).Select(entry => KeyValuePair.Create($"average.{entry.Key}", entry.Value)),
        .. _optimizer.State.Select(entry => KeyValuePair.Create($"optimizer.{entry.Key}", entry.Value)),
    ];

    private static bool IsFinite(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return !tensor.is_floating_point() || tensor.isfinite().all().item<bool>();
    }

    private static double Number(Tensor tensor)
    {
        using Tensor host = tensor.detach().to(ScalarType.Float64).cpu();
        return host.item<double>();
    }
}
