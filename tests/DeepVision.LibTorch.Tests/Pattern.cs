using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests;

/// <summary>Values that C# and Python make alike from integers; Fixtures/make_fixtures.py has the other half.</summary>
internal static class Pattern
{
    public static Tensor Of(long[] shape, int salt)
    {
        var values = new float[shape.Aggregate(1L, (product, length) => product * length)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((((i * 7919L) + (salt * 104729L)) % 2003 / 1001.5) - 1);
        }

        return torch.tensor(values, shape);
    }

    /// <summary>Fills every parameter, the first with the pattern of salt 1.</summary>
    public static void Fill(nn.Module module)
    {
        using var noGrad = no_grad();
        var salt = 1;
        foreach (var (_, parameter) in module.named_parameters())
        {
            using var values = Of(parameter.shape, salt++);
            parameter.copy_(values);
        }
    }
}
