using DeepVision;
using DeepVision.FashionScenes;
using DeepVision.FashionScenes.Tool;
using DeepVision.Models;
using DeepVision.Prediction;
using DeepVision.Weights;

const string Usage = """
    fashion-scenes: scenes of Fashion-MNIST articles for training and testing detectors
      export   --split training|validation|test --count N --out FOLDER [--first I] [--articles FOLDER]
               writes scenes I to I + N - 1 as PNG files and their truth as annotations.csv
      hash     --split training|validation|test [--count N] [--articles FOLDER]
               prints the SHA-256 of scenes 0 to N - 1 and their truth
      classify --model FOLDER --split training|validation|test [--count N] [--articles FOLDER]
               measures the classifier whose manifest is in FOLDER on the split's articles
      detect   --model FOLDER --split training|validation|test [--count N] [--articles FOLDER]
               measures the detector whose manifest is in FOLDER on the split's scenes
    """;

try
{
    if (args is not [string command, .. string[] rest] || command is not ("export" or "hash" or "classify" or "detect"))
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    CommandLine options = CommandLine.Parse(rest, "split", "count", "out", "first", "articles", "model");
    FashionSplit split = options.OneOf<FashionSplit>("split");
    string folder = options.Text("articles", FashionArticles.DefaultFolder);
    int scenes = options.Number("count", SceneGenerator.TestCount);
    switch (command)
    {
        case "export":
            SceneExport.Write(SceneGenerator.Create(split, folder), options.Number("first", 0), scenes, options.Required("out"));
            break;
        case "hash":
            Console.WriteLine(SceneSetHash.Compute(SceneGenerator.Create(split, folder), scenes));
            break;
        case "classify":
            FashionArticles articles = FashionArticles.Load(split, folder);
            using (CompiledModel classifier = Load())
            {
                ClassifierEvaluation.Run(classifier, articles, options.Number("count", articles.Count), Console.Out);
            }

            break;
        case "detect":
            using (CompiledModel detector = Load())
            {
                DetectorEvaluation.Run(detector, SceneGenerator.Create(split, folder), scenes, Console.Out);
            }

            break;
    }

    return 0;

    CompiledModel Load()
    {
        using VisionModel model = VisionModel.FromManifest(options.Required("model")).Build();
        CompiledModel compiled = model.CompileForCpu();
        Console.WriteLine(compiled);
        return compiled;
    }
}
catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or InvalidOperationException or ModelBuildException or WeightsException)
{
    Console.Error.WriteLine($"fashion-scenes: {exception.Message}");
    return 1;
}
