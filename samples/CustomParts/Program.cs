// A backbone, a head and an operation of one's own, with public members only: dotnet run
using DeepVision;
using DeepVision.Models;
using DeepVision.Preprocessing;

using VisionModel model = VisionModel.Create()
    .UseBackbone(new TinyBackbone(width: 16))
    .UseHead(new RetrievalHead(classes: 2, length: 32))
    .WithLabels(["cat", "dog"])
    .InitializeWeights(seed: 1)
    .Build();
foreach ((string part, long parameters, long multiplyAdds) in ModelCost.Of(model, 64, 64).GroupBy(depth: 1))
{
    Console.WriteLine($"{part,-10} {parameters,7:N0} parameters {multiplyAdds,10:N0} multiply-adds");
}

using var compiled = model.CompileForCpu();
var photo = new RgbImage(80, 64);
photo.Row(20).Fill(255);
Console.WriteLine(string.Join(", ", compiled.Classify(photo)));
Console.WriteLine($"an embedding of {compiled.Embed(photo).Values.Length} values; cosine with itself {compiled.Embed(photo).CosineSimilarity(compiled.Embed(photo)):0.000}");

// What does not fit says so.
try
{
    VisionModel.Create().UseBackbone(new TinyBackbone(16)).UseSpp().UseHead(new RetrievalHead(2, 32)).Build();
}
catch (ModelBuildException exception)
{
    Console.WriteLine(exception.Message);
}
