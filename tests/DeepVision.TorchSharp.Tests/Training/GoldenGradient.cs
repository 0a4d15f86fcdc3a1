using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training;

/// <summary>What a golden file keeps of a tensor: its largest magnitude, its Euclidean norm and some elements.</summary>
internal sealed record GoldenGradient(string Name, double Largest, double Norm, int[] Places, double[] Values)
{
    /// <summary>The tensors of a JSON object, by name.</summary>
    internal static IReadOnlyList<GoldenGradient> All(JsonElement tensors) =>
    [
        .. tensors.EnumerateObject().Select(entry => new GoldenGradient(
            entry.Name,
            entry.Value.GetProperty("largest").GetDouble(),
            entry.Value.GetProperty("norm").GetDouble(),
            [.. entry.Value.GetProperty("places").EnumerateArray().Select(e => e.GetInt32())],
            [.. entry.Value.GetProperty("values").EnumerateArray().Select(e => e.GetDouble())])),
    ];

    /// <summary>
    /// The largest difference of an element, of the largest magnitude and of the norm, relative to the largest magnitude (the
    /// norm to itself), and a sentence about it. No gradient counts as zeros.
    /// </summary>
    internal (double Error, string Description) Compare(Tensor? found)
    {
        if (found is null)
        {
            return Largest == 0 ? (0, Name) : (double.PositiveInfinity, $"{Name}: no gradient; expected up to {Largest:G4}");
        }

        using Tensor flat = found.detach().to(ScalarType.Float64).cpu().contiguous().reshape(-1);
        double[] values = flat.data<double>().ToArray();
        double scale = Math.Max(Largest, 1e-30);
        double worst = Math.Abs(values.Max(Math.Abs) - Largest) / scale;
        string where = "the largest magnitude";
        double norm = Math.Abs(Math.Sqrt(values.Sum(v => v * v)) - Norm) / Math.Max(Norm, 1e-30);
        if (!(norm <= worst))
        {
            (worst, where) = (norm, "the norm");
        }

        for (int i = 0; i < Places.Length; i++)
        {
            double error = Math.Abs(values[Places[i]] - Values[i]) / scale;
            if (!(error <= worst))
            {
                (worst, where) = (error, $"element {Places[i]}: expected {Values[i]:R}, found {values[Places[i]]:R}");
            }
        }

        return (double.IsNaN(worst) ? double.PositiveInfinity : worst, $"{Name}: {where}, error {worst:E2} of the largest {Largest:G4}");
    }

    /// <summary>Compares tensors by name; the failure lists the worst.</summary>
    internal static void AssertAgree(JsonElement expected, Func<string, Tensor?> found, double tolerance)
    {
        (double Error, string Description)[] errors = [.. All(expected).Select(gradient => gradient.Compare(found(gradient.Name)))];
        Assert.NotEmpty(errors);
        string[] wrong = [.. errors.Where(e => !(e.Error <= tolerance)).OrderByDescending(e => e.Error).Take(10).Select(e => e.Description)];
        Assert.True(wrong.Length == 0, $"{errors.Count(e => !(e.Error <= tolerance))} of {errors.Length} tensors differ by more than {tolerance}:\n{string.Join('\n', wrong)}");
    }
}
