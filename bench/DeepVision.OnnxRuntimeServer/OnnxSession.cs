using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace DeepVision.OnnxRuntimeServer;

/// <summary>A session with its input, timed on request. Inputs and outputs lie in the same memory in every run.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputs;
    private readonly float[][] _results;
    private readonly OrtValue[] _outputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly string _how;

    public OnnxSession(Dictionary<string, string> options, string version)
    {
        using var settings = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = Number("threads"),
            InterOpNumThreads = 1,
            EnableCpuMemArena = true,
            EnableMemoryPattern = true,
        };
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "1");
        _session = new InferenceSession(options["weights"], settings);
        _inputNames = [.. _session.InputNames];
        _outputNames = [.. _session.OutputNames.Order(StringComparer.Ordinal)];
        float[] input = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(options["input"])).ToArray();
        _inputs = [OrtValue.CreateTensorValueFromMemory(input, [Number("batch"), 3, Number("height"), Number("width")])];

        // The first run says how large the outputs are.
        using IDisposableReadOnlyCollection<OrtValue> first = _session.Run(_run, _inputNames, _inputs, _outputNames);
        long[][] shapes = [.. first.Select(output => output.GetTensorTypeAndShape().Shape)];
        _results = [.. shapes.Select(shape => new float[shape.Aggregate(1L, (product, extent) => product * extent)])];
        _outputs = [.. _results.Zip(shapes, OrtValue.CreateTensorValueFromMemory)];
        _how = $"ONNX Runtime {version}, all optimizations, spinning, {Number("threads")} threads";

        int Number(string name) => int.Parse(options[name], CultureInfo.InvariantCulture);
    }

    public void Serve()
    {
        Console.WriteLine($"ready {_how}");
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            Console.WriteLine(line.Split(' ') switch
            {
                ["output", string path] => Write(path),
                ["run", string runs] => string.Join(' ', Time(int.Parse(runs, CultureInfo.InvariantCulture))),
                _ => $"'{line}' is no command; expected output FILE or run N.",
            });
        }
    }

    public void Dispose()
    {
        foreach (OrtValue value in _inputs.Concat(_outputs))
        {
            value.Dispose();
        }

        _run.Dispose();
        _session.Dispose();
    }

    private static string Format(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private void Run() => _session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);

    private string Write(string path)
    {
        Run();
        using FileStream file = File.Create(path);
        foreach (float[] result in _results)
        {
            file.Write(MemoryMarshal.AsBytes(result.AsSpan()));
        }

        return string.Join(' ', ["written", .. _outputNames.Zip(_results, (name, result) => $"{name}:{result.Length}")]);
    }

    private IEnumerable<string> Time(int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Run();
            yield return Format(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
