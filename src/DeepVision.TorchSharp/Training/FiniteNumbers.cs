using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training;

/// <summary>Looks for infinities and NaN. As long as there are none, one value is read from the device for all tensors.</summary>
internal static class FiniteNumbers
{
    /// <summary>The names of tensors with a value that is not a finite number.</summary>
    public static IReadOnlyList<string> Broken(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        KeyValuePair<string, Tensor>[] numbers = [.. tensors.Where(entry => entry.Value.is_floating_point())];

        // A sum that is finite has only finite terms. One that is not may have overflowed, so that each value is looked at then.
        return numbers.Length == 0 || IsFinite(stack(numbers.Select(entry => entry.Value.sum(ScalarType.Float32))))
            ? []
            : [.. numbers.Where(entry => !IsFinite(entry.Value)).Select(entry => entry.Key)];
    }

    /// <summary>The first names and the number of the others, for messages.</summary>
    public static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    private static bool IsFinite(Tensor tensor) => tensor.isfinite().all().item<bool>();
}
