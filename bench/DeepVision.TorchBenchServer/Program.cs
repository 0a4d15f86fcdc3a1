// The TorchSharp runtime in a side-by-side benchmark, driven over standard input by bench/compare_torch.py:
//   DeepVision.TorchBenchServer PRESET WEIGHTS INPUT BATCH HEIGHT WIDTH THREADS SETTING
// SETTING is "module" (a VisionModule as it is built, called on a tensor), or "separate" or "folded" batch norm with
// "-contiguous" or "-channels-last" (CompileForTorch, called on managed memory).
// Commands: "output FILE" runs once and writes the outputs; "run N" prints the milliseconds of N runs; "peak" prints the peak
// resident memory in bytes; an empty line or the end of input ends it.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepVision;
using DeepVision.Prediction;
using DeepVision.Tensors;
using DeepVision.Torch;
using TorchSharp;

var shape = new TensorShape([.. new[] { int.Parse(args[3], CultureInfo.InvariantCulture), 3 }, .. args[4..6].Select(int.Parse)]);
var input = new HostTensor(shape);
File.ReadAllBytes(args[2]).CopyTo(MemoryMarshal.AsBytes(input.Values));
Action<string?> run = Prepare(args[0], args[1], int.Parse(args[6], CultureInfo.InvariantCulture), args[7]);

while (Console.ReadLine() is { Length: > 0 } line)
{
    string[] words = line.Split(' ', 2);
    switch (words[0])
    {
        case "output":
            run(words[1]);
            Console.WriteLine("written");
            break;
        case "run":
            Console.WriteLine(string.Join(' ', Time(int.Parse(words[1], CultureInfo.InvariantCulture))));
            break;
        case "peak":
            using (var process = Process.GetCurrentProcess())
            {
                Console.WriteLine(process.PeakWorkingSet64);
            }

            break;
        default:
            Console.Error.WriteLine($"'{line}' is no command; expected output FILE, run N or peak.");
            return 2;
    }
}

return 0;

// Runs once; writes the logits where a file is given.
Action<string?> Prepare(string preset, string weights, int threads, string setting)
{
    using VisionModel model = VisionModel.FromPreset(preset).LoadWeights(weights).Build();
    if (setting == "module")
    {
        torch.set_num_threads(threads);
        VisionModule module = model.ToTorchSharp();
        module.eval();
        torch.Tensor image = torch.empty([.. shape.ToArray().Select(extent => (long)extent)]);
        MemoryMarshal.AsBytes(input.Values).CopyTo(image.bytes);
        Console.WriteLine($"ready a module as it is built, {torch.get_num_threads()} threads");
        return path =>
        {
            using var scope = torch.NewDisposeScope();
            using var inference = torch.inference_mode();
            torch.Tensor logits = module.call(image)["logits"];
            if (path is not null)
            {
                File.WriteAllBytes(path, logits.bytes.ToArray());
            }
        };
    }

    string[] parts = setting.Split('-', 2);
    CompiledModel compiled = model.CompileForTorch(new TorchOptions
    {
        Threads = threads,
        BatchNorm = parts[0] == "folded" ? TorchBatchNorm.Folded : TorchBatchNorm.Separate,
        MemoryFormat = parts[1] == "channels-last" ? TorchMemoryFormat.ChannelsLast : TorchMemoryFormat.Contiguous,
    });
    Console.WriteLine($"ready {compiled.Engine}");
    return path =>
    {
        HostTensor logits = compiled.Run(input)["logits"];
        if (path is not null)
        {
            File.WriteAllBytes(path, MemoryMarshal.AsBytes(logits.Values));
        }
    };
}

IEnumerable<string> Time(int runs)
{
    for (int i = 0; i < runs; i++)
    {
        long start = Stopwatch.GetTimestamp();
        run(null);
        yield return Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
