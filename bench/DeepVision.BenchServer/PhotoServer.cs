using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepVision.Heads;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.BenchServer;

/// <summary>A compiled classifier with an image file, timed from the file to the best classes.</summary>
internal sealed class PhotoServer : IDisposable
{
    private readonly CompiledModel _compiled;
    private readonly string _photo;
    private readonly ImageLoadOptions? _loading;

    public PhotoServer(ServerOptions options)
    {
        using VisionModel model = VisionModel.FromPreset(options.Model).LoadWeights(options.Weights).Build();
        _compiled = model.CompileForCpu(options.Cpu);
        _photo = options.Photo!;
        _loading = options.EveryPixel ? ImageLoadOptions.Default : null;
    }

    public void Serve()
    {
        Classify();
        Console.WriteLine($"ready {_compiled.Engine}");
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            Console.WriteLine(line.Split(' ') switch
            {
                ["output", string path] => Write(path),
                ["run", string runs] => string.Join(' ', Time(int.Parse(runs, CultureInfo.InvariantCulture)).Select(Format)),
                ["stages", string runs] => Stages(int.Parse(runs, CultureInfo.InvariantCulture)),
                _ => $"'{line}' is no command; expected output FILE, run N or stages N.",
            });
        }
    }

    public void Dispose() => _compiled.Dispose();

    private static string Format(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private Predictions<Classification> Classify() => _compiled.Classify(_photo, loading: _loading);

    private string Write(string path)
    {
        using FileStream file = File.Create(path);
        ImageLoadOptions loading = _loading ?? new ImageLoadOptions { ReduceFor = _compiled.Preprocessing };
        ReadOnlySpan<float> logits = _compiled.Run(ImageFile.Load(_photo, loading))[ClassificationTask.LogitsOutput].Values;
        file.Write(MemoryMarshal.AsBytes(logits));
        return $"written {ClassificationTask.LogitsOutput}:{logits.Length}";
    }

    private IEnumerable<double> Time(int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Classify();
            yield return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    // The median milliseconds of each stage.
    private string Stages(int runs) => string.Join(' ', Enumerable.Range(0, runs)
        .SelectMany(_ => Classify().Timings)
        .GroupBy(timing => timing.Stage)
        .Select(stage => $"{stage.Key}:{Format(stage.Select(timing => timing.Elapsed.TotalMilliseconds).Order().ElementAt(runs / 2))}"));
}
