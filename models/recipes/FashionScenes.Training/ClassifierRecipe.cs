using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Schedules;

namespace DeepVision.FashionScenes.Training;

/// <summary>models/fashion-resnet20: the recipe of train_classifier.py.</summary>
internal static class ClassifierRecipe
{
    private const int Batch = 128;
    private const int Epochs = 14;

    public static TrainingResult Run(RecipeOptions recipe, CancellationToken cancellationToken)
    {
        ITrainingData<ClassificationExample> training = Load(FashionSplit.Training, recipe), held = Load(FashionSplit.Validation, recipe);
        using VisionModule module = VisionModel.FromPreset("fashion_resnet20").InitializeWeights(recipe.Seed).BuildModule();
        var task = (ClassificationTask)module.Task;
        var options = new TrainerOptions
        {
            Optimizer = new SgdSpec { LearningRate = 0.1, WeightDecay = 5e-4, Kind = MomentumKind.Nesterov },
            Schedule = new CosineSchedule { WarmupSteps = training.Count / Batch },
            Loader = new LoaderOptions
            {
                BatchSize = Batch,
                Seed = recipe.Seed,
                Workers = recipe.Workers,
                Augmentations = [new RandomCrop(ImageSize.Square(FashionArticles.Side)) { Border = 2 }, new HorizontalFlip()],
            },
            Epochs = recipe.Epochs ?? Epochs,
            Steps = recipe.Steps,
            Average = new AverageOptions(),
            Folder = recipe.Folder,
            Progress = recipe.Progress,
            OnStep = recipe.Times.Note,
        };
        var losses = TrainingLossCatalog.Default.With<ClassificationTask, ClassificationExample>(
            own => new ClassificationLoss(own, new ClassificationLossOptions { LabelSmoothing = 0.05 }));
        TrainingResult result = new Trainer<ClassificationExample>(module, options, losses)
            .Run(training, new ClassificationEvaluation(held, task, module.Preprocessing, 500), cancellationToken);
        ModelOutput.Write(module, result, recipe.Folder);
        return result;
    }

    private static ITrainingData<ClassificationExample> Load(FashionSplit split, RecipeOptions recipe)
    {
        FashionArticles articles = FashionArticles.Load(split, recipe.Articles);
        return TrainingData.Create(
            articles.Count, i => new ClassificationExample(articles.GetImage(i), articles.GetLabel(i)), i => $"article {i} of {split}");
    }
}
