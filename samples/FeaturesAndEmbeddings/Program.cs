// Feature maps and embeddings: dotnet run -- MODEL_FOLDER IMAGE IMAGE [IMAGE ...]
using DeepVision;
using DeepVision.Imaging;
using DeepVision.Prediction;
using DeepVision.Zoo;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: FeaturesAndEmbeddings MODEL_FOLDER IMAGE IMAGE [IMAGE ...]");
    return 2;
}

// Any feature can be tapped by its level's name; it comes out beside the head's outputs.
ModelManifest manifest = ModelManifest.Load(args[0]);
using VisionModel model = manifest.CreateBuilder().Tap("C0").Tap("C2").Build();
using CompiledModel compiled = model.CompileForCpu();

var images = args[1..].Select(path => ImageFile.Load(path)).ToArray();
foreach ((string name, var tensor) in compiled.Run(images[0]))
{
    Console.WriteLine($"{name,-10} {tensor.Shape}");
}

// An embedding is the vector that the last layer reads; similar images have similar directions.
IReadOnlyList<Embedding> embeddings = compiled.Embed(images);
for (int i = 1; i < images.Length; i++)
{
    float similarity = embeddings[0].CosineSimilarity(embeddings[i]);
    Console.WriteLine($"{Path.GetFileName(args[1])} and {Path.GetFileName(args[i + 1])}: {similarity:0.000}");
}

return 0;
