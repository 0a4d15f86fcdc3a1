using DeepVision.Torch.Training.Reports;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>Begins or resumes a run from its folder and writes its checkpoints.</summary>
internal sealed class RunCheckpoints(RunFolder folder, RunTensors tensors, RunLog log)
{
    /// <summary>Reads what is there, or writes a first checkpoint.</summary>
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
            Write(state);
            return state;
        }

        TrainingState found = CheckpointFile.Read(folder.Last, tensors.All.ToDictionary());
        if (found with { Step = 0, BestValue = null, BestStep = 0, SinceBest = 0 } != state)
        {
            throw new TrainingException(
                $"'{folder.Last}' is the checkpoint of a run with other settings: seed {found.Seed}, {found.TotalSteps} steps, {found.BatchesPerEpoch} batches an epoch, {found.Settings}. "
                + $"This one has: seed {state.Seed}, {state.TotalSteps} steps, {state.BatchesPerEpoch} batches an epoch, {state.Settings}. Resume with the same settings or take another folder.");
        }

        folder.LastStep = found.Step;
        log.Load(folder.Table, found.Step);
        return found;
    }

    /// <exception cref="TrainingException">A weight is not a finite number, or the file cannot be written.</exception>
    public void Write(TrainingState state)
    {
        string[] broken = [.. tensors.Broken.Take(5)];
        if (broken.Length > 0)
        {
            throw new TrainingException(
                $"After step {state.Step} the weights {string.Join(", ", broken)} are not finite numbers, so no checkpoint was written. "
                + "Take a smaller learning rate, a longer warm-up or gradient clipping.") { Step = state.Step };
        }

        folder.WriteCheckpoint(tensors.All, state);
        log.Write();
    }
}
