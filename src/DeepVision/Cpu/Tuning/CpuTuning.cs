using System.Security.Cryptography;
using System.Text;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Tuning;
using DeepVision.Tensors;

namespace DeepVision.Cpu;

/// <summary>
/// Which algorithm each convolution of a model gets, found by timing them on a machine
/// (<see cref="CpuModelExtensions.TuneForCpu"/>). It takes the place of the cost model when it is given as
/// <see cref="CpuOptions.Tuning"/>. Timing happens only when it is made: a model compiled with the same tuning gives the same bits
/// on every run, whatever the threads, and on every machine with the instruction set. Immutable.
/// </summary>
public sealed class CpuTuning
{
    private readonly Dictionary<string, ConvolutionAlgorithm> _algorithms;

    internal CpuTuning(string model, CpuInstructionSet instructionSet, int threads, Size2D image, IReadOnlyList<TunedLayer> layers)
    {
        Model = model;
        InstructionSet = instructionSet;
        Threads = threads;
        Image = image;
        Layers = layers;
        _algorithms = layers.ToDictionary(
            layer => layer.Path, layer => Enum.Parse<ConvolutionAlgorithm>(layer.Algorithm), StringComparer.Ordinal);
        Identity = FindIdentity();
    }

    /// <summary>The name of the model that was timed; another with the same layers may use the tuning too.</summary>
    public string Model { get; }

    /// <summary>The instructions that were timed; others are refused when a model is compiled.</summary>
    public CpuInstructionSet InstructionSet { get; }

    /// <summary>How many threads computed while it was made.</summary>
    public int Threads { get; }

    /// <summary>The height and width of the image that was timed.</summary>
    public Size2D Image { get; }

    /// <summary>All layers that have a choice, in the order in which the model runs them.</summary>
    public IReadOnlyList<TunedLayer> Layers { get; }

    /// <summary>
    /// Twelve hexadecimal digits that stand for what decides about results: the instruction set and each layer's algorithm.
    /// <see cref="DeepVision.Prediction.CompiledModel.DescribePlan"/> prints them.
    /// </summary>
    public string Identity { get; }

    /// <summary>Reads a tuning that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a tuning; the message says what is wrong with it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CpuTuning Load(string path) => TuningFile.Read(path);

    /// <summary>Writes the tuning as JSON; an existing file is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => TuningFile.Write(this, path);

    /// <summary>The model, the instruction set, the image and how many layers have which algorithm.</summary>
    public override string ToString() =>
        $"{Model}, {InstructionSet}, {Image.Height}x{Image.Width}: "
        + (Layers.Count == 0 ? "nothing to choose" : string.Join(", ", Layers.CountBy(layer => layer.Algorithm).Select(count => $"{count.Value} {count.Key}")))
        + $" ({Identity})";

    internal bool TryFind(string path, out ConvolutionAlgorithm algorithm) => _algorithms.TryGetValue(path, out algorithm);

    private string FindIdentity()
    {
        var text = new StringBuilder($"{InstructionSet}\n");
        foreach (TunedLayer layer in Layers.OrderBy(layer => layer.Path, StringComparer.Ordinal))
        {
            text.Append(layer.Path).Append(' ').Append(layer.Algorithm).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
