namespace DeepVision.Weights.Containers;

/// <summary>Names a zip archive that is not PyTorch's, by the entries in it.</summary>
internal static class ForeignArchive
{
    private const string Usual = "Expected a file from torch.save(model.state_dict(), path)";
    private static readonly string[] WeightNames = [".pth", ".pt", ".th", ".ckpt", ".safetensors", ".bin", ".onnx", ".pkl"];

    /// <summary>What it is and what to do.</summary>
    public static string Describe(IReadOnlyCollection<string> names)
    {
        bool Ends(string suffix) => names.Any(name => name.EndsWith(suffix, StringComparison.Ordinal));
        if (names.Count == 0)
        {
            return $"It is empty. {Usual}";
        }

        if (names.All(name => name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            return "It is NumPy's .npz. In Python: torch.save({k: torch.from_numpy(v) for k, v in numpy.load(path).items()}, \"weights.pth\")";
        }

        if (Ends("model.weights.h5") || Ends("metadata.json") && Ends("config.json"))
        {
            return "It is a Keras model, which is not read; expected the weights of a PyTorch model";
        }

        if (Ends("serialized_exported_program.json") || names.Any(name => name.Contains("exported_program", StringComparison.Ordinal) || name.Contains("models/model.json", StringComparison.Ordinal)))
        {
            return "It is a program of torch.export (.pt2). In Python: torch.save(torch.export.load(path).state_dict, \"weights.pth\")";
        }

        if (Ends(".mlmodel"))
        {
            return "It is a Core ML package, which is not read; expected the weights of a PyTorch model";
        }

        string[] weights = [.. names.Where(name => WeightNames.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))];
        return weights.Length > 0
            ? $"It holds '{Sources.PrintableText.Of(weights[0])}': unpack it first"
            : $"{Usual}; the archive's first entry is '{Sources.PrintableText.Of(names.First())}'";
    }
}
