using DeepVision.Preprocessing;
using DeepVision.Zoo;

namespace DeepVision.FashionScenes;

/// <summary>
/// The articles of one split of Fashion-MNIST: gray images of 28 x 28 with a class each. Immutable and safe to share.
/// </summary>
public sealed class FashionArticles
{
    /// <summary>Pixels in a row and rows of an article.</summary>
    public const int Side = 28;

    /// <summary>Where Debian's package dataset-fashion-mnist puts the files.</summary>
    public const string DefaultFolder = "/usr/share/datasets/fashion-mnist";

    private const int ValidationStep = 12;
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    /// <summary>Articles from memory: 784 pixels and a label each.</summary>
    internal FashionArticles(FashionSplit split, byte[] pixels, byte[] labels)
    {
        Split = split;
        _pixels = pixels;
        _labels = labels;
    }

    /// <summary>The ten class names in label order.</summary>
    public static IReadOnlyList<string> Classes => FashionMnist.Classes;

    /// <summary>The split that was loaded.</summary>
    public FashionSplit Split { get; }

    /// <summary>Number of articles.</summary>
    public int Count => _labels.Length;

    /// <summary>Whether the four files of the data set are in a folder.</summary>
    public static bool AreInstalled(string folder = DefaultFolder) =>
        new[] { "train", "t10k" }.All(stem => File.Exists(ImagesPath(folder, stem)) && File.Exists(LabelsPath(folder, stem)));

    /// <summary>Loads one split.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what Fashion-MNIST has there.</exception>
    public static FashionArticles Load(FashionSplit split, string folder = DefaultFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string stem = split == FashionSplit.Test ? "t10k" : "train";
        IdxFile images = IdxFile.Read(ImagesPath(folder, stem));
        IdxFile labels = IdxFile.Read(LabelsPath(folder, stem));
        if (images.Sizes is not [var count, Side, Side] || labels.Sizes is not [var labelCount] || labelCount != count)
        {
            throw new InvalidDataException(
                $"'{folder}' has {stem} images of sizes ({string.Join(", ", images.Sizes)}) and labels of sizes ({string.Join(", ", labels.Sizes)}); expected (N, 28, 28) and (N).");
        }

        if (labels.Values.ContainsAnyExceptInRange((byte)0, (byte)(Classes.Count - 1)))
        {
            throw new InvalidDataException($"'{LabelsPath(folder, stem)}' has a label above {Classes.Count - 1}.");
        }

        return split == FashionSplit.Test
            ? new FashionArticles(split, images.Values.ToArray(), labels.Values.ToArray())
            : Choose(split, images.Values, labels.Values);
    }

    /// <summary>An article's class, 0 to 9.</summary>
    public int GetLabel(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _labels[index];
    }

    /// <summary>An article's 784 gray values, rows from top to bottom; 0 is background.</summary>
    public ReadOnlySpan<byte> GetPixels(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _pixels.AsSpan(index * Side * Side, Side * Side);
    }

    /// <summary>An article as an RGB image of 28 x 28 with the gray value in each channel.</summary>
    public RgbImage GetImage(int index)
    {
        ReadOnlySpan<byte> gray = GetPixels(index);
        var pixels = new byte[3 * gray.Length];
        for (int i = 0; i < gray.Length; i++)
        {
            pixels.AsSpan(3 * i, 3).Fill(gray[i]);
        }

        return new RgbImage(Side, Side, pixels);
    }

    private static FashionArticles Choose(FashionSplit split, ReadOnlySpan<byte> images, ReadOnlySpan<byte> labels)
    {
        const int Length = Side * Side;
        var pixels = new List<byte>(images.Length);
        var chosen = new List<byte>(labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((i % ValidationStep == 0) == (split == FashionSplit.Validation))
            {
                pixels.AddRange(images.Slice(i * Length, Length));
                chosen.Add(labels[i]);
            }
        }

        return new FashionArticles(split, [.. pixels], [.. chosen]);
    }

    private static string ImagesPath(string folder, string stem) => Path.Combine(folder, $"{stem}-images-idx3-ubyte.gz");

    private static string LabelsPath(string folder, string stem) => Path.Combine(folder, $"{stem}-labels-idx1-ubyte.gz");
}
