// One model on the CPU engine, on TorchSharp's CPU and, where there is one, on CUDA: dotnet run -- MODEL_FOLDER IMAGE
using DeepVision;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: SideBySide MODEL_FOLDER IMAGE");
    return 2;
}

using VisionModel model = VisionModel.FromManifest(args[0]).Build();
RgbImage image = ImageFile.Load(args[1]);
int threads = Environment.ProcessorCount;

using (CompiledModel cpu = model.CompileForCpu())
{
    Show(cpu);
}

using (CompiledModel torch = model.CompileForTorch(new() { MemoryFormat = TorchMemoryFormat.ChannelsLast, Threads = threads }))
{
    Show(torch);
}

if (TorchDevice.Auto.Resolve().type == TorchSharp.DeviceType.CUDA)
{
    using CompiledModel gpu = model.CompileForTorch(new() { Device = TorchDevice.Cuda(), Precision = TorchPrecision.Float16 });
    Show(gpu);
}

return 0;

// The answers, and the median time of the network alone.
void Show(CompiledModel compiled)
{
    Predictions<Detection> found = compiled.Detect(image);
    var times = new List<double>();
    for (int i = 0; i < 20; i++)
    {
        times.Add(compiled.Detect(image).Timings.Single(stage => stage.Stage == "network").Elapsed.TotalMilliseconds);
    }

    times.Sort();
    Console.WriteLine($"{compiled}: {times[times.Count / 2]:0.0} ms");
    foreach (Detection detection in found.Take(3))
    {
        Console.WriteLine($"  {detection}");
    }
}
