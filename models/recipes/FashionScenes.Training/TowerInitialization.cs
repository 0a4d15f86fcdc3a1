using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Training.Data;
using TorchSharp;
using TorchSharp.Modules;

namespace DeepVision.FashionScenes.Training;

/// <summary>
/// Other first weights for the head's towers: RetinaNet's deviation of 0.01 suits 256 channels, and with 64 the signal would
/// fade; He's for ReLU (deviation sqrt(2 / inputs)) keeps it.
/// </summary>
internal static class TowerInitialization
{
    public static void Apply(VisionModule module, ulong seed)
    {
        using IDisposable noGrad = torch.no_grad();
        int number = 0;
        foreach ((string name, Parameter weight) in module.named_parameters())
        {
            if (!name.StartsWith("head.", StringComparison.Ordinal) || !name.Contains(".conv.", StringComparison.Ordinal) || weight.dim() != 4)
            {
                continue;
            }

            var random = new ExampleRandom(seed, 0, number++);
            double deviation = Math.Sqrt(2.0 / (weight.shape[1] * weight.shape[2] * weight.shape[3]));
            var values = new float[weight.numel()];
            for (int i = 0; i < values.Length; i++)
            {
                // Box and Muller's: two even numbers give a normal one.
                double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextUnit()));
                values[i] = (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextUnit()));
            }

            using torch.Tensor source = torch.tensor(values, weight.shape);
            weight.copy_(source);
        }
    }
}
