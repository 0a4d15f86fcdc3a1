using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

/// <summary>The tensor that most tests of operations use; the expected values are those of PyTorch 1.13 for it.</summary>
internal static class Sample
{
    public static Tensor Matrix() => tensor(new float[,] { { 1.5f, -2, 3.25f }, { 0.5f, 4, -1 } });
}
