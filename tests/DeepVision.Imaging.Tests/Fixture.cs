using System.Globalization;
using System.Security.Cryptography;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Tests;

/// <summary>A file of Fixtures/ and what expected.txt says about it; make_fixtures.py there is the recipe.</summary>
public sealed record Fixture(string Name, int Width, int Height, int Orientation, string DroppedHash, string BlendedHash)
{
    /// <summary>The background that the blended hashes were made with.</summary>
    public static RgbColor Background => new(10, 200, 30);

    public static IReadOnlyList<Fixture> All { get; } = ReadAll();

    public string FullPath => Path.Combine(Folder, Name);

    public ImageFormat Format => System.IO.Path.GetExtension(Name) switch
    {
        ".jpg" => ImageFormat.Jpeg,
        ".png" => ImageFormat.Png,
        ".webp" => ImageFormat.WebP,
        ".gif" => ImageFormat.Gif,
        _ => ImageFormat.Bmp,
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static Fixture Named(string name) => All.Single(fixture => fixture.Name == name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Named(name).FullPath);

    public static string Hash(RgbImage image) => Convert.ToHexStringLower(SHA256.HashData(image.Pixels));

    public override string ToString() => Name;

    private static Fixture[] ReadAll() =>
        [.. File.ReadLines(Path.Combine(Folder, "expected.txt")).Select(line => line.Split(' ')).Select(parts => new Fixture(
            parts[0], Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4], parts[5]))];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
