using System.Runtime.InteropServices;
using System.Text.Json;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>
/// One raw output of PyTorch's model on generated weights and images: every <paramref name="Stride"/>-th value of the
/// row-major tensor, computed in float64 and rounded.
/// </summary>
/// <param name="Batch">Images 0 .. Batch - 1 of <see cref="ParityImages"/>.</param>
/// <param name="Height">The input's height.</param>
/// <param name="Width">The input's width.</param>
/// <param name="Name"><c>logits</c>; or a detector's <c>p3</c> .. <c>p7</c>, <c>cls_logits</c>, <c>bbox_regression</c> and the like.</param>
/// <param name="Shape">The whole tensor's shape.</param>
/// <param name="Stride">The distance between kept values.</param>
/// <param name="Largest">The largest magnitude of the whole tensor.</param>
/// <param name="Values">The kept values.</param>
internal sealed record GoldenOutput(
    int Batch, int Height, int Width, string Name, TensorShape Shape, int Stride, double Largest, float[] Values)
{
    /// <summary>All outputs of a model.</summary>
    internal static IReadOnlyList<GoldenOutput> Load(string model)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(GoldenFolder.Path, "outputs", $"{model}.f32"));
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(bytes);
        var outputs = new List<GoldenOutput>();
        foreach (JsonElement entry in GoldenFolder.Json(Path.Combine("outputs", $"{model}.json")).GetProperty("cases").EnumerateArray())
        {
            outputs.Add(new GoldenOutput(
                entry.GetProperty("batch").GetInt32(),
                entry.GetProperty("height").GetInt32(),
                entry.GetProperty("width").GetInt32(),
                entry.GetProperty("output").GetString()!,
                new TensorShape([.. entry.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())]),
                entry.GetProperty("stride").GetInt32(),
                entry.GetProperty("largest").GetDouble(),
                values.Slice(entry.GetProperty("offset").GetInt32(), entry.GetProperty("count").GetInt32()).ToArray()));
        }

        return outputs;
    }

    /// <summary>The size of a model's larger batch; odd where the model takes odd sizes.</summary>
    internal static (int Height, int Width) SizeOfBatch(string model)
    {
        GoldenOutput largest = Load(model).Where(output => output.Batch > 1).MaxBy(output => output.Height)!;
        return (largest.Height, largest.Width);
    }

    /// <summary>What the same model gives for the first image alone.</summary>
    internal GoldenOutput FirstImage()
    {
        TensorShape shape = Shape.With(0, Shape.Batch / Batch);
        return this with { Batch = 1, Shape = shape, Values = Values[..(int)((shape.ElementCount + Stride - 1) / Stride)] };
    }

    /// <summary>
    /// The largest difference to the kept values, relative to the tensor's largest magnitude, and a sentence about where.
    /// A value that is not a number counts as infinitely far away.
    /// </summary>
    internal (double Error, string Description) Compare(ReadOnlySpan<float> found)
    {
        Assert.Equal(Shape.ElementCount, found.Length);
        double worst = -1;
        int worstIndex = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            double error = Math.Abs((double)found[i * Stride] - Values[i]);
            error = double.IsNaN(error) ? double.PositiveInfinity : error;
            if (error > worst)
            {
                (worst, worstIndex) = (error, i);
            }
        }

        double relative = worst / Largest;
        return (relative, $"{Name} {Shape} for {Batch} x {Height} x {Width}: worst at element {worstIndex * Stride}: expected "
            + $"{Values[worstIndex]:R}, found {found[worstIndex * Stride]:R}, error {relative:E2} of the largest value {Largest:G4}");
    }
}
