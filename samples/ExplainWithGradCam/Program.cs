// Shows where a classifier looks: dotnet run -- MODEL_OR_WEIGHTS PHOTO OUT.png [LEVEL]
using DeepVision;
using DeepVision.Heads;
using DeepVision.Imaging;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Visualization;
using DeepVision.Weights;
using DeepVision.Zoo;

if (args.Length is not (3 or 4))
{
    Console.Error.WriteLine("usage: ExplainWithGradCam MODEL_OR_WEIGHTS PHOTO OUT.png [LEVEL]");
    return 2;
}

// A folder with a manifest, or a file whose keys say which network it is.
string level = args.Length > 3 ? args[3] : "C5";
using VisionModel model = Builder(args[0]).Tap(level).Build();
using VisionModule module = model.ToTorchSharp();

var image = ImageFile.Load(args[1]);
if (model.Task is ClassificationTask)
{
    using var compiled = model.CompileForTorch();
    Classification answer = compiled.Classify(image)[0];
    Console.WriteLine($"{answer.Label} with {answer.Probability:P2}");
}

// The class that the model finds most likely; another one would be GradCam.Explain(module, image, level, classIndex).
ActivationMap map = GradCam.Explain(module, image, level);
int peak = map.Values.IndexOf(map.Values.ToArray().Max());
Console.WriteLine($"{level}, {map.Width} x {map.Height} cells; the strongest is column {peak % map.Width}, row {peak / map.Width}");

image.DrawActivationMap(map);
ImageFile.Save(image, args[2]);
Console.WriteLine($"drawn to {args[2]}");
return 0;

static VisionModelBuilder Builder(string path)
{
    if (Directory.Exists(path))
    {
        return VisionModel.FromManifest(path);
    }

    using WeightFile file = WeightFile.Open(path);
    return PresetRecognition.Recognize(file).CreateBuilder().LoadWeights(path);
}
