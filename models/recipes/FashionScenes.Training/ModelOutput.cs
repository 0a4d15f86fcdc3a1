using DeepVision.Torch;
using DeepVision.Torch.Training;

namespace DeepVision.FashionScenes.Training;

/// <summary>Writes the weights that a finished run ended with, the average's, as the file that a manifest names.</summary>
internal static class ModelOutput
{
    public static void Write(VisionModule module, TrainingResult result, string folder)
    {
        if (result.Outcome != TrainingOutcome.Canceled)
        {
            string path = Path.Combine(folder, "model.safetensors");
            module.SaveWeights(path);
            Console.WriteLine($"The model is '{path}'.");
        }
    }
}
