using System.Globalization;
using DeepVision.Imaging;
using DeepVision.Imaging.Drawing;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Demo;

/// <summary>Prints results with their times, and writes them as pictures and JSON.</summary>
internal sealed class DemoOutput
{
    private readonly string _folder;

    public DemoOutput(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public void Show(string name, RgbImage image, Predictions<Detection> found)
    {
        Console.WriteLine($"{name}: {found.Count} found ({Times(found.Timings)})");
        foreach (Detection detection in found)
        {
            Console.WriteLine($"  {detection}");
        }

        RgbImage drawn = image.Clone();
        drawn.DrawDetections(found);
        Write(name, drawn, ResultsJson.ToJson(SourceOf(name, found), found));
    }

    public void Show(string name, RgbImage image, Predictions<Classification> found)
    {
        Console.WriteLine($"{name}: {found[0]} ({Times(found.Timings)})");
        foreach (Classification classification in found.Skip(1))
        {
            Console.WriteLine($"  {classification}");
        }

        // Too small a picture has no room for words.
        RgbImage drawn = image.Width < 128 ? Enlarge(image, 128 / image.Width + 1) : image.Clone();
        ImageDrawing.DrawCaption(drawn, found[0].ToString());
        Write(name, drawn, ResultsJson.ToJson(SourceOf(name, found), found));
    }

    private static ResultSource SourceOf<T>(string name, Predictions<T> found) =>
        new() { Image = name, Width = found.ImageSize.Width, Height = found.ImageSize.Height, Timings = found.Timings };

    private static string Times(IReadOnlyList<StageTiming> timings) =>
        string.Join(", ", timings.Select(timing => string.Create(
            CultureInfo.InvariantCulture, $"{timing.Stage} {timing.Elapsed.TotalMilliseconds:0.0} ms")));

    private static RgbImage Enlarge(RgbImage image, int factor)
    {
        var large = new RgbImage(image.Width * factor, image.Height * factor);
        for (int y = 0; y < large.Height; y++)
        {
            Span<byte> source = image.Row(y / factor);
            Span<byte> target = large.Row(y);
            for (int x = 0; x < large.Width; x++)
            {
                source.Slice(3 * (x / factor), 3).CopyTo(target[(3 * x)..]);
            }
        }

        return large;
    }

    private void Write(string name, RgbImage drawn, string json)
    {
        string stem = Path.Combine(_folder, Path.GetFileNameWithoutExtension(name));
        ImageFile.Save(drawn, stem + ".png");
        File.WriteAllText(stem + ".json", json);
        Console.WriteLine($"  written to {stem}.png and .json");
    }
}
