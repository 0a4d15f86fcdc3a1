// Looks into a network with a photo: dotnet run -- WEIGHTS IMAGE
using DeepVision;
using DeepVision.Imaging;
using DeepVision.Models;
using DeepVision.Visualization;
using DeepVision.Weights;
using DeepVision.Zoo;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: LookInside WEIGHTS IMAGE");
    return 2;
}

const string Feature = "C4";
RecognizedPreset recognized;
using (WeightFile file = WeightFile.Open(args[0]))
{
    recognized = PresetRecognition.Recognize(file);
}

using VisionModel model = recognized.CreateBuilder().Tap(Feature).LoadWeights(args[0]).Build();
using var compiled = model.CompileForCpu();
var photo = ImageFile.Load(args[1]);
Console.WriteLine($"{recognized}: {compiled.Classify(photo)[0]}");

// The channels of a feature map side by side.
ImageFile.Save(FeatureMapSheet.Draw(compiled.Run(photo)[Feature]), "features.png");

// Where the map is strongest along its main direction, over the photo.
photo.DrawActivationMap(EigenCam.Explain(compiled, photo, Feature));
ImageFile.Save(photo, "eigencam.png");

// What the layers cost.
ModelCost cost = ModelCost.Of(model);
File.WriteAllText("cost.svg", CostChart.ToSvg(cost, depth: 2));
foreach ((string part, long parameters, long multiplyAdds) in cost.GroupBy(depth: 1))
{
    Console.WriteLine($"{part,-12} {parameters / 1e6,8:0.000} M parameters {multiplyAdds / 1e6,10:0.0} M multiply-adds");
}

Console.WriteLine("features.png, eigencam.png and cost.svg written");
return 0;
