using System.Globalization;
using DeepVision.Cpu;
using DeepVision.Tensors;

namespace DeepVision.BenchServer;

/// <summary>What DeepVision runs as an engine of the yardstick: NAME=VALUE arguments.</summary>
internal sealed class ServerOptions
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="ArgumentException">An argument is not NAME=VALUE.</exception>
    public ServerOptions(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            string[] parts = argument.Split('=', 2);
            if (parts.Length != 2)
            {
                throw new ArgumentException($"'{argument}' is not NAME=VALUE.");
            }

            _values[parts[0]] = parts[1];
        }
    }

    public string Model => this["model"];

    public string Weights => this["weights"];

    public string Input => this["input"];

    /// <summary>The image file to classify; null where tensors are run.</summary>
    public string? Photo => _values.GetValueOrDefault("photo");

    /// <summary>Whether every pixel of the photo is decoded.</summary>
    public bool EveryPixel => this["decode"] switch
    {
        "reduced" => false,
        "full" => true,
        string other => throw new ArgumentException($"decode is '{other}'; expected reduced or full."),
    };

    public TensorShape Shape => new(Number("batch"), 3, Number("height"), Number("width"));

    public CpuOptions Cpu => new() { Threads = Number("threads") };

    /// <summary>Whether this process was to be held to AVX2 by its environment.</summary>
    public bool HeldToAvx2 => this["isa"] switch
    {
        "native" => false,
        "avx2" => true,
        string other => throw new ArgumentException($"isa is '{other}'; expected native or avx2."),
    };

    private string this[string name] =>
        _values.TryGetValue(name, out string? value) ? value : throw new ArgumentException($"{name}=... is missing.");

    private int Number(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);
}
