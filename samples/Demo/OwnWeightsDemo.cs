using System.Diagnostics;
using DeepVision.Components;
using DeepVision.Cpu;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Weights;
using DeepVision.Zoo;

namespace DeepVision.Demo;

/// <summary>Any weights on any photo.</summary>
internal static class OwnWeightsDemo
{
    public static void Run(DemoOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        using VisionModel model = Load(options);
        Console.WriteLine($"{model} (loaded in {Milliseconds(start)})");

        start = Stopwatch.GetTimestamp();
        using CompiledModel compiled = model.CompileForCpu(new CpuOptions { Threads = options.Threads });
        Console.WriteLine($"{compiled.Engine} (compiled in {Milliseconds(start)})");

        start = Stopwatch.GetTimestamp();
        RgbImage image = ImageFile.Load(options.Image!);
        Console.WriteLine($"{options.Image}: {image.Width} x {image.Height} (decoded in {Milliseconds(start)})");

        var output = new DemoOutput(options.Output);
        string name = Path.GetFileName(options.Image!);
        if (model.Task is DetectionTask)
        {
            compiled.Detect(image);
            output.Show(name, image, compiled.Detect(image, new PredictionOptions { MinScore = 0.3f }));
        }
        else
        {
            compiled.Classify(image);
            output.Show(name, image, compiled.Classify(image));
        }
    }

    private static VisionModel Load(DemoOptions options)
    {
        if (options.Model is { } name)
        {
            return VisionModel.FromPreset(name).LoadWeights(options.Weights!).Build();
        }

        using WeightFile file = WeightFile.Open(options.Weights!);
        RecognizedPreset recognized = PresetRecognition.Recognize(file);
        Console.WriteLine($"{options.Weights}: {file.Tensors.Count} tensors ({file.Format}), recognized as {recognized}");
        return recognized.CreateBuilder().LoadWeights(options.Weights!).Build();
    }

    private static string Milliseconds(long start) => $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms";
}
