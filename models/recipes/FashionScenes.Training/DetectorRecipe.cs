using DeepVision.Components;
using DeepVision.Models;
using DeepVision.Torch;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Evaluations;
using DeepVision.Torch.Training.Optimization;
using DeepVision.Torch.Training.Schedules;
using DeepVision.Weights;

namespace DeepVision.FashionScenes.Training;

/// <summary>models/fashion-scenes-retinanet: the recipe of train_detector.py, on a body that <see cref="BodyRecipe"/> trained.</summary>
internal static class DetectorRecipe
{
    private const int Steps = 6000;
    private const int HeldScenes = SceneGenerator.TestCount;

    public static TrainingResult Run(RecipeOptions recipe, string body, CancellationToken cancellationToken)
    {
        ITrainingData<DetectionExample> training = SceneData.Create(FashionSplit.Training, recipe.Scenes, recipe.Articles);
        ITrainingData<DetectionExample> held = SceneData.Create(FashionSplit.Validation, HeldScenes, recipe.Articles);
        using VisionModule module = VisionModel.FromPreset("fashion_scenes_retinanet")
            .LoadWeights(ModelComponent.Backbone, body, new WeightLoadOptions { FilePrefix = BodyRecipe.Prefix })
            .InitializeWeights(recipe.Seed)
            .BuildModule();
        TowerInitialization.Apply(module, recipe.Seed);
        var options = new TrainerOptions
        {
            Optimizer = new AdamWSpec { LearningRate = 1.5e-3, WeightDecay = 0.02 },
            Schedule = new CosineSchedule { WarmupSteps = 300 },
            Loader = new LoaderOptions
            {
                BatchSize = 8,
                Seed = recipe.Seed,
                Workers = recipe.Workers,
                Augmentations = [new HorizontalFlip(), new RandomChannelOrder()],
            },
            Steps = recipe.Steps ?? Steps,
            Parameters = new ParameterOptions { FrozenUpTo = "backbone.body.layer1" },
            GradientNorm = 10,
            Average = new AverageOptions(),
            MeasureEvery = 1000,
            CheckpointEvery = 500,
            Folder = recipe.Folder,
            Progress = recipe.Progress,
            OnStep = recipe.Times.Note,
        };
        var evaluation = new DetectionEvaluation(held, (DetectionTask)module.Task, module.Preprocessing, batchSize: 10)
        {
            Figure = DetectionFigure.AveragePrecision50,
        };
        TrainingResult result = new Trainer<DetectionExample>(module, options).Run(training, evaluation, cancellationToken);
        ModelOutput.Write(module, result, recipe.Folder);
        return result;
    }
}
