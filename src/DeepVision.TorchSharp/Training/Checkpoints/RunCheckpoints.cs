using DeepVision.Torch.Training.Reports;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>Begins or resumes a run from its folder and writes its checkpoints.</summary>
internal sealed class RunCheckpoints(RunFolder folder, RunTensors tensors, RunLog log)
{
    private TrainingState? _written;

    /// <summary>Reads what is there, or writes a first checkpoint. Where it refuses, nothing has been read into the tensors.</summary>
    /// <param name="start">What to do where there is one.</param>
    /// <param name="state">The run's settings, before its first step.</param>
    /// <returns>Where the run stands.</returns>
    /// <exception cref="TrainingException">The folder holds another run, or not what <paramref name="start"/> asks for.</exception>
    public TrainingState Begin(TrainingStart start, TrainingState state)
    {
        bool isThere = File.Exists(folder.Last);
        if (isThere && start == TrainingStart.Fresh)
        {
            throw new TrainingException($"'{folder.Last}' is a run's checkpoint, and this one shall begin anew. Take another folder or resume.");
        }

        if (!isThere)
        {
            if (start == TrainingStart.Resume)
            {
                throw new TrainingException($"There is no checkpoint '{folder.Last}' to resume from.");
            }

            // There is one from the beginning on, and a folder that cannot be written to shows before any work is lost.
            WriteIfNew(state);
            return state;
        }

        using var saved = new SavedCheckpoint(folder.Last);
        string[] differences = [.. state.Settings.DifferencesFrom(saved.State.Settings)];
        if (differences.Length > 0)
        {
            throw new TrainingException(
                $"'{folder.Last}' is the checkpoint of a run with other settings. {string.Join("; ", differences)}. Resume with the settings found or take another folder.");
        }

        var all = tensors.All.ToDictionary();
        saved.RequireFit(all);
        saved.ReadInto(all);
        log.Load(folder.Table, saved.State);
        folder.LastStep = saved.State.Step;
        return _written = saved.State;
    }

    /// <summary>Writes a checkpoint, unless the last one is of this very state.</summary>
    /// <exception cref="TrainingException">A weight is not a finite number, or the file cannot be written.</exception>
    public void WriteIfNew(TrainingState state)
    {
        if (ReferenceEquals(state, _written))
        {
            return;
        }

        IReadOnlyList<string> broken = FiniteNumbers.Broken(tensors.Model);
        if (broken.Count > 0)
        {
            throw new TrainingException(
                $"After step {state.Step} the weights {FiniteNumbers.List(broken)} are not finite numbers, so no checkpoint was written. "
                + "Take a smaller learning rate, a longer warm-up or gradient clipping.");
        }

        folder.WriteCheckpoint(tensors.All, state with { Interval = log.Interval });
        _written = state;
        log.Write();
    }
}
