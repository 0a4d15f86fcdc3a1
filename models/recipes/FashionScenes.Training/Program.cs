using DeepVision;
using DeepVision.FashionScenes.Tool;
using DeepVision.FashionScenes.Training;
using DeepVision.Torch.Training;
using DeepVision.Weights;
using TorchSharp;

const string Usage = """
    fashion-training: trains the shipped models with DeepVision.TorchSharp
      classifier  --out FOLDER [--epochs 14]
      body        --out FOLDER [--scenes 20000] [--epochs 6]
      detector    --out FOLDER --body FOLDER/last.safetensors [--scenes 20000] [--steps 6000]
    and for each: [--threads N] [--workers N] [--steps N] [--seed N] [--articles FOLDER]
    A run that was ended goes on where its last checkpoint was. Ctrl+C ends it with one.
    """;

if (args is not [string command, .. string[] rest] || command is not ("classifier" or "body" or "detector"))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    CommandLine options = CommandLine.Parse(rest, "out", "body", "scenes", "epochs", "steps", "threads", "workers", "seed", "articles");
    torch.set_num_threads(options.Number("threads", 1));
    using var cancel = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        cancel.Cancel();
    };
    var recipe = new RecipeOptions(options);
    TrainingResult result = command switch
    {
        "classifier" => ClassifierRecipe.Run(recipe, cancel.Token),
        "body" => BodyRecipe.Run(recipe, cancel.Token),
        _ => DetectorRecipe.Run(recipe, options.Required("body"), cancel.Token),
    };
    recipe.Times.Write(Console.Out);
    return result.Outcome == TrainingOutcome.Canceled ? 3 : 0;
}
catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or TrainingException or ModelBuildException or WeightsException)
{
    Console.Error.WriteLine($"fashion-training: {exception.Message}");
    return 1;
}
