using System.Globalization;
using DeepVision.Tensors;
using DeepVision.Torch;

namespace DeepVision.TorchServer;

/// <summary>What one engine of a side-by-side benchmark runs: NAME=VALUE arguments.</summary>
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

    public TensorShape Shape => new(Number("batch"), 3, Number("height"), Number("width"));

    public string Precision => this["precision"];

    public TorchDevice Device => this["device"] == "cpu" ? TorchDevice.Cpu : TorchDevice.Cuda();

    /// <summary>How the module is built; tf32 is float32 with the switch on.</summary>
    public TorchOptions Torch => new()
    {
        Device = Device,
        Precision = Precision switch
        {
            "float32" or "tf32" => TorchPrecision.Float32,
            "float16" => TorchPrecision.Float16,
            "bfloat16" => TorchPrecision.BFloat16,
            _ => throw new ArgumentException($"precision is '{Precision}'; expected float32, tf32, float16 or bfloat16."),
        },
        BatchNorm = this["norm"] == "folded" ? TorchBatchNorm.Folded : TorchBatchNorm.Separate,
        MemoryFormat = this["format"] == "channels-last" ? TorchMemoryFormat.ChannelsLast : TorchMemoryFormat.Contiguous,
        Threads = _values.ContainsKey("threads") ? Number("threads") : null,
    };

    private string this[string name] =>
        _values.TryGetValue(name, out string? value) ? value : throw new ArgumentException($"{name}=... is missing.");

    private int Number(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);
}
