// Finds articles in a scene and draws them: dotnet run -- MODEL_FOLDER IMAGE OUTPUT.png
using DeepVision;
using DeepVision.Imaging;
using DeepVision.Tensors;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: DetectAndDraw MODEL_FOLDER IMAGE OUTPUT.png");
    return 2;
}

// A manifest names the preset, the weights and their hash, the labels and the preprocessing.
using VisionModel model = VisionModel.FromManifest(args[0]).Build();
using var detector = model.CompileForCpu();

var image = ImageFile.Load(args[1]);
var found = detector.Detect(image, new() { MinScore = 0.3f });
foreach (Detection detection in found)
{
    Console.WriteLine(detection);
}

image.DrawDetections(found);
ImageFile.Save(image, args[2]);
Console.WriteLine($"{found.Count} articles, drawn to {args[2]}");
return 0;
