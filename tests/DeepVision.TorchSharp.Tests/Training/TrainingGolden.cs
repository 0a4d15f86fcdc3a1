using System.Text.Json;
using DeepVision.Metrics;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Tests.Torch.Training;

/// <summary>What tests/golden/make_training.py computed, and the examples it computed it from.</summary>
internal static class TrainingGolden
{
    /// <summary>A file of tests/golden/training.</summary>
    internal static JsonElement Load(string name) => GoldenFolder.Json(Path.Combine("training", $"{name}.json"));

    /// <summary>The objects in an image: the same formula as in make_training.py.</summary>
    internal static DetectionExample Objects(int image, int classes, int height, int width)
    {
        var found = new List<GroundTruthBox>();
        for (int k = 0; k < 4; k++)
        {
            int w = (width / 8) + (((37 * image) + (23 * k)) % (width / 3)), h = (height / 8) + (((29 * image) + (31 * k)) % (height / 3));
            int left = ((41 * image) + (53 * k)) % (width - w), top = ((59 * image) + (17 * k)) % (height - h);
            found.Add(new GroundTruthBox(new Box(left, top, left + w, top + h), ((7 * image) + (3 * k)) % classes) { Ignore = k == 3 });
        }

        return new DetectionExample(new RgbImage(width, height), found);
    }

    /// <summary>An image without objects.</summary>
    internal static DetectionExample Nothing(int height, int width) => new(new RgbImage(width, height), []);
}
