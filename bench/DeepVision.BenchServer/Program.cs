// One engine of a side-by-side benchmark, driven over standard input by bench/compare.py:
//   DeepVision.BenchServer PRESET WEIGHTS INPUT BATCH HEIGHT WIDTH THREADS
// Commands: "output FILE" runs once and writes the outputs; "run N" prints the milliseconds of N runs; "peak" prints the peak
// resident memory in bytes; an empty line or the end of input ends it.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepVision;
using DeepVision.Cpu;
using DeepVision.Tensors;

using var compiled = Compile(args[0], args[1], int.Parse(args[6], CultureInfo.InvariantCulture));
var shape = new TensorShape([.. new[] { int.Parse(args[3], CultureInfo.InvariantCulture), 3 }, .. args[4..6].Select(int.Parse)]);
var input = new HostTensor(shape);
File.ReadAllBytes(args[2]).CopyTo(MemoryMarshal.AsBytes(input.Values));
Console.WriteLine($"ready {compiled.Engine}");

while (Console.ReadLine() is { Length: > 0 } line)
{
    string[] words = line.Split(' ', 2);
    switch (words[0])
    {
        case "output":
            WriteOutputs(words[1]);
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

static DeepVision.Prediction.CompiledModel Compile(string preset, string weights, int threads)
{
    using VisionModel model = VisionModel.FromPreset(preset).LoadWeights(weights).Build();
    return model.CompileForCpu(new CpuOptions { Threads = threads });
}

// The logits of a classifier, as the peer gives them.
void WriteOutputs(string path)
{
    File.WriteAllBytes(path, MemoryMarshal.AsBytes(compiled.Run(input)["logits"].Values));
    Console.WriteLine("written");
}

IEnumerable<string> Time(int runs)
{
    for (int i = 0; i < runs; i++)
    {
        long start = Stopwatch.GetTimestamp();
        compiled.Run(input);
        yield return Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
