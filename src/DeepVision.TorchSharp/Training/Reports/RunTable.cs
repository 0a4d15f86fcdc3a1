using System.Text;

namespace DeepVision.Torch.Training.Reports;

/// <summary>
/// The table of a run, <c>run.csv</c>: a line for a number of steps with their mean loss, and one for each measurement. Kept in
/// memory and written as a whole, so that a resumed run's table has each step once.
/// </summary>
internal sealed class RunTable
{
    private const string Header = "step,epoch,seconds,rate,loss,parts,gradient_norm,measured,others";
    private readonly List<RunRow> _rows = [];

    public IReadOnlyList<RunRow> Rows => _rows;

    public void Add(RunRow row) => _rows.Add(row);

    /// <summary>Reads what a run wrote before it was resumed; lines of later steps and measurements are left out.</summary>
    public void Load(string path, long untilStep, long untilMeasurement)
    {
        _rows.Clear();
        if (!File.Exists(path))
        {
            return;
        }

        foreach (string line in File.ReadLines(path).Skip(1))
        {
            if (RunRow.TryParse(line, out RunRow? row) && row.Step <= (row.Measured is null ? untilStep : untilMeasurement))
            {
                _rows.Add(row);
            }
        }
    }

    public void Write(string path)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (RunRow row in _rows)
        {
            text.Append(row.ToCsv()).Append('\n');
        }

        Replace(path, text.ToString());
    }

    internal static void Replace(string path, string text)
    {
        string temporary = $"{path}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
