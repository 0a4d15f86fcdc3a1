using DeepVision.FashionScenes;
using DeepVision.FashionScenes.Tool;

const string Usage = """
    fashion-scenes: scenes of Fashion-MNIST articles for training and testing detectors
      export --split training|validation|test --count N --out FOLDER [--first I] [--articles FOLDER]
             writes scenes I to I + N - 1 as PNG files and their truth as annotations.csv
      hash   --split training|validation|test --count N [--articles FOLDER]
             prints the SHA-256 of scenes 0 to N - 1 and their truth
    """;

try
{
    if (args is not [string command, .. string[] rest] || command is not ("export" or "hash"))
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    CommandLine options = CommandLine.Parse(rest, "split", "count", "out", "first", "articles");
    var split = Enum.Parse<FashionSplit>(options.Required("split"), ignoreCase: true);
    int count = options.Number("count", SceneGenerator.TestCount);
    SceneGenerator scenes = SceneGenerator.Create(split, options.Text("articles", FashionArticles.DefaultFolder));
    if (command == "hash")
    {
        Console.WriteLine(SceneSetHash.Compute(scenes, count));
    }
    else
    {
        SceneExport.Write(scenes, options.Number("first", 0), count, options.Required("out"));
    }

    return 0;
}
catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException)
{
    Console.Error.WriteLine($"fashion-scenes: {exception.Message}");
    return 1;
}
