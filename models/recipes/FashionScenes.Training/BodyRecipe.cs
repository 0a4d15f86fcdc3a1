using DeepVision.Backbones;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Schedules;

namespace DeepVision.FashionScenes.Training;

/// <summary>The detector's body learns to name the article in the middle of a crop: the recipe of pretrain_body.py.</summary>
internal static class BodyRecipe
{
    /// <summary>What stands before the body's keys in the checkpoint.</summary>
    public const string Prefix = "model.body.";

    private const int Epochs = 6;
    private const int HeldScenes = SceneGenerator.TestCount;

    public static TrainingResult Run(RecipeOptions recipe, CancellationToken cancellationToken)
    {
        var classes = FashionArticles.Classes.Count;
        ITrainingData<ClassificationExample> training = ArticleCrops.Create(FashionSplit.Training, recipe.Scenes, recipe.Articles, recipe.Seed);
        ITrainingData<ClassificationExample> held = ArticleCrops.Create(FashionSplit.Validation, HeldScenes, recipe.Articles, shiftSeed: null);
        Console.WriteLine($"{training.Count} crops of {recipe.Scenes} scenes");
        using VisionModel detector = VisionModel.FromPreset("fashion_scenes_retinanet").InitializeWeights(recipe.Seed).Build();
        using VisionModule body = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 24 })
            .InitializeWeights(recipe.Seed)
            .BuildModule();
        using var network = new ArticleNamer(body, [48, 96, 192], classes);
        var options = new TrainerOptions
        {
            Optimizer = new AdamWSpec { LearningRate = 2e-3, WeightDecay = 0.02, Decayed = WeightDecayScope.All },
            Schedule = new CosineSchedule { WarmupSteps = 200 },
            Loader = new LoaderOptions
            {
                BatchSize = 64,
                Seed = recipe.Seed,
                Workers = recipe.Workers,
                Augmentations = [new HorizontalFlip(), new RandomChannelOrder()],
            },
            Epochs = recipe.Epochs ?? Epochs,
            Steps = recipe.Steps,
            MeasureEvery = 2000,
            CheckpointEvery = 1000,
            Folder = recipe.Folder,
            FinalWeights = FinalWeights.Last,
            Progress = recipe.Progress,
            OnStep = recipe.Times.Note,
        };
        var preprocessing = detector.Preprocessing with { Resize = Preprocessing.ResizeRule.None, SizeDivisor = 1 };
        return new Trainer<ClassificationExample>(network, new ArticleNamerLoss(), preprocessing, options)
            .Run(training, new ArticleNamerEvaluation(held, preprocessing), cancellationToken);
    }
}
