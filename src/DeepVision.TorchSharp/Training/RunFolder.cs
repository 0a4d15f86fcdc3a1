using DeepVision.Torch.Training.Checkpoints;
using DeepVision.Torch.Training.Reports;
using TorchSharp;

namespace DeepVision.Torch.Training;

/// <summary>The files of a run. What cannot be written is one clear error.</summary>
internal sealed class RunFolder
{
    private readonly string _folder;
    private readonly Func<string, Stream> _create;

    /// <exception cref="TrainingException">The folder cannot be made.</exception>
    public RunFolder(string folder, Func<string, Stream>? create = null)
    {
        _folder = Path.GetFullPath(folder);
        _create = create ?? (path => new FileStream(path, FileMode.Create, FileAccess.Write));
        Guard("The folder of the run cannot be made", () => Directory.CreateDirectory(_folder));
    }

    /// <summary>The checkpoint to resume from.</summary>
    public string Last => Path.Combine(_folder, "last.safetensors");

    /// <summary>The weights that measured best.</summary>
    public string Best => Path.Combine(_folder, "best.safetensors");

    public string Table => Path.Combine(_folder, "run.csv");

    private string Curve => Path.Combine(_folder, "run.svg");

    /// <summary>The step of the last good checkpoint; null before the first.</summary>
    public long? LastStep { get; set; }

    public void WriteCheckpoint(IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, TrainingState state)
    {
        Guard($"The checkpoint of step {state.Step} cannot be written", () => CheckpointFile.Write(Last, tensors, state.ToMetadata(), _create));
        LastStep = state.Step;
    }

    public void WriteBest(IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, long step, Dictionary<string, string> metadata) =>
        Guard($"The best weights, of step {step}, cannot be written", () => CheckpointFile.Write(Best, tensors, metadata, _create));

    public void WriteReport(RunTable table, long totalSteps, string measure) => Guard("The report of the run cannot be written", () =>
    {
        table.Write(Table);
        RunTable.Replace(Curve, RunCurve.Draw(table.Rows, totalSteps, measure));
    });

    private void Guard(string failure, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{failure} into '{_folder}': {exception.Message.TrimEnd('.')}. Make room or take another folder.", exception);
        }
    }
}
