// Finds objects in photos on the first CUDA device, in float16: dotnet run -- WEIGHTS PHOTO [PHOTO ...]
using DeepVision;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Zoo;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: DetectOnGpu WEIGHTS PHOTO [PHOTO ...]");
    return 2;
}

using VisionModel model = VisionModel.FromPreset("retinanet_resnet50_fpn", new() { Labels = Coco.Classes })
    .LoadWeights(args[0])
    .Build();

try
{
    using CompiledModel detector = model.CompileForTorch(new()
    {
        Device = TorchDevice.Cuda(),
        Precision = TorchPrecision.Float16,
        MemoryFormat = TorchMemoryFormat.ChannelsLast,
    });
    Console.WriteLine(detector);

    RgbImage[] photos = [.. args.Skip(1).Select(path => ImageFile.Load(path))];
    foreach ((string path, Predictions<Detection> found) in args.Skip(1).Zip(detector.Detect(photos, new() { MinScore = 0.5f })))
    {
        Console.WriteLine(path);
        foreach (Detection detection in found)
        {
            Console.WriteLine($"  {detection}");
        }
    }

    return 0;
}
catch (InvalidOperationException exception)
{
    // No device, or a libtorch without CUDA: the message says which.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
