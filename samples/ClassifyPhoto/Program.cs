// Classifies a photo: dotnet run -- WEIGHTS PHOTO [PRESET]
using DeepVision;
using DeepVision.Imaging;
using DeepVision.Tensors;
using DeepVision.Weights;
using DeepVision.Zoo;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: ClassifyPhoto WEIGHTS PHOTO [PRESET]");
    return 2;
}

// Without a preset, the file's keys say which network it is.
VisionModelBuilder builder;
if (args.Length > 2)
{
    builder = VisionModel.FromPreset(args[2]);
}
else
{
    using WeightFile file = WeightFile.Open(args[0]);
    RecognizedPreset recognized = PresetRecognition.Recognize(file);
    Console.WriteLine($"recognized {recognized}");
    builder = recognized.CreateBuilder();
}

using VisionModel model = builder.LoadWeights(args[0]).Build();
using var classifier = model.CompileForCpu();
Console.WriteLine(classifier);

foreach (Classification answer in classifier.Classify(ImageFile.Load(args[1])))
{
    Console.WriteLine($"  {answer.Probability,7:P2}  {answer.Label}");
}

return 0;
