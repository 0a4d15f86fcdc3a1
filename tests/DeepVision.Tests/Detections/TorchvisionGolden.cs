using System.Globalization;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

/// <summary>Reads Fixtures/retinanet_postprocess.txt.</summary>
internal sealed class TorchvisionGolden
{
    private readonly string[] _lines;

    private TorchvisionGolden(string[] lines) => _lines = lines;

    public static TorchvisionGolden Load()
    {
        using Stream stream = typeof(TorchvisionGolden).Assembly.GetManifestResourceStream("retinanet_postprocess.txt")
            ?? throw new InvalidOperationException("The golden file is not embedded in the test assembly.");
        using var reader = new StreamReader(stream);
        return new TorchvisionGolden(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public ScoredBox[] Detections(int caseIndex, string scope, int image)
    {
        string head = $"{caseIndex} {scope} {image} ";
        return [.. Section(head).Select(line =>
        {
            string[] parts = line.Split(' ');
            return new ScoredBox(ReadBox(parts.AsSpan(2)), int.Parse(parts[0], CultureInfo.InvariantCulture), Float(parts[1]));
        })];
    }

    public int[] Nms(string threshold)
    {
        int at = Array.FindIndex(_lines, line => line.StartsWith($"nms {threshold} ", StringComparison.Ordinal));
        return [.. _lines[at + 1].Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
    }

    public Box[] Coder() => [.. Section("coder ").Select(line => ReadBox(line.Split(' ')))];

    private ReadOnlySpan<string> SectionSpan(string head)
    {
        int at = Array.FindIndex(_lines, line => line.StartsWith(head, StringComparison.Ordinal));
        return _lines.AsSpan(at + 1, int.Parse(_lines[at].AsSpan(head.Length), CultureInfo.InvariantCulture));
    }

    private string[] Section(string head) => SectionSpan(head).ToArray();

    private static Box ReadBox(ReadOnlySpan<string> parts) => new(Float(parts[0]), Float(parts[1]), Float(parts[2]), Float(parts[3]));

    private static float Float(string hex) =>
        BitConverter.UInt32BitsToSingle(uint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
