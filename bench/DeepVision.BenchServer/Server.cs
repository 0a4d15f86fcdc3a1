using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.BenchServer;

/// <summary>A compiled model with its input, timed on request.</summary>
internal sealed class Server : IDisposable
{
    private readonly CompiledModel _compiled;
    private readonly HostTensor _input;

    public Server(ServerOptions options)
    {
        using VisionModel model = VisionModel.FromPreset(options.Model).LoadWeights(options.Weights).Build();
        _compiled = model.CompileForCpu(options.Cpu);
        _input = new HostTensor(options.Shape);
        using FileStream file = File.OpenRead(options.Input);
        file.ReadExactly(MemoryMarshal.AsBytes(_input.Values));
    }

    public void Serve()
    {
        _compiled.Run(_input);
        Console.WriteLine($"ready {_compiled.Engine}");
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            Console.WriteLine(line.Split(' ') switch
            {
                ["output", string path] => Write(path),
                ["run", string runs] => string.Join(' ', Time(int.Parse(runs, CultureInfo.InvariantCulture))),
                ["callers", string callers, string seconds] => Throughput(
                    int.Parse(callers, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture)),
                _ => $"'{line}' is no command; expected output FILE, run N or callers K SECONDS.",
            });
        }
    }

    public void Dispose() => _compiled.Dispose();

    private static string Format(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private string Write(string path)
    {
        using FileStream file = File.Create(path);
        string answer = "written";
        foreach ((string name, HostTensor tensor) in _compiled.Run(_input).OrderBy(output => output.Key, StringComparer.Ordinal))
        {
            file.Write(MemoryMarshal.AsBytes(tensor.Values));
            answer += $" {name}:{tensor.Values.Length}";
        }

        return answer;
    }

    private IEnumerable<string> Time(int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _compiled.Run(_input);
            yield return Format(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    // Each caller ends the run that it began before time was up; the time is that of the last one to end.
    private string Throughput(int callers, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        long images = 0;
        var threads = new Thread[callers];
        for (int i = 0; i < callers; i++)
        {
            threads[i] = new Thread(() =>
            {
                do
                {
                    _compiled.Run(_input);
                    Interlocked.Add(ref images, _input.Shape.Batch);
                }
                while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return Format(images / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
