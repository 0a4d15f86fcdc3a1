using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Data;

namespace DeepVision.FashionScenes.Training;

/// <summary>
/// Crops of 48 x 48 pixels around the articles of scenes that count: as they are around an article of at most 36 pixels a side,
/// 96 x 96 halved around one of at most 72, 144 x 144 cut to a third around a larger one. An article has 28 x 28 pixels to
/// begin with, so that nothing is lost. Beyond a scene's border its last pixels go on.
/// </summary>
internal static class ArticleCrops
{
    public const int Side = 48;
    private const int LargestShift = 3;

    /// <param name="shiftSeed">Decides how far, up to 3 pixels, the article is off the middle; null for not at all.</param>
    public static ITrainingData<ClassificationExample> Create(FashionSplit split, int scenes, string articles, ulong? shiftSeed)
    {
        SceneGenerator generator = SceneGenerator.Create(split, articles);
        var crops = new List<ClassificationExample>[scenes];
        Parallel.For(0, scenes, i =>
        {
            Scene scene = generator.Render(i);
            ExampleRandom? random = shiftSeed is { } seed ? new ExampleRandom(seed, 0, i) : null;
            crops[i] = [.. scene.Objects.Where(thing => !thing.Ignored).Select(thing => Cut(scene.Image, thing, random))];
        });
        return TrainingData.FromList<ClassificationExample>([.. crops.SelectMany(found => found)]);
    }

    private static ClassificationExample Cut(RgbImage image, SceneObject thing, ExampleRandom? random)
    {
        int size = Math.Max(thing.Right - thing.Left, thing.Bottom - thing.Top);
        int factor = size <= 36 ? 1 : size <= 72 ? 2 : 3;
        int Shift() => random is null ? 0 : factor * (random.NextIndex((2 * LargestShift) + 1) - LargestShift);
        int left = ((thing.Left + thing.Right) / 2) + Shift() - (factor * Side / 2);
        int top = ((thing.Top + thing.Bottom) / 2) + Shift() - (factor * Side / 2);
        var crop = new RgbImage(Side, Side);
        for (int y = 0; y < Side; y++)
        {
            Span<byte> row = crop.Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                int sum = 0;
                for (int k = 0; k < factor * factor; k++)
                {
                    int sourceY = Math.Clamp(top + (factor * y) + (k / factor), 0, image.Height - 1);
                    int sourceX = Math.Clamp(left + (factor * (i / 3)) + (k % factor), 0, image.Width - 1);
                    sum += image.Row(sourceY)[(3 * sourceX) + (i % 3)];
                }

                row[i] = (byte)(sum / (factor * factor));
            }
        }

        return new ClassificationExample(crop, thing.Label);
    }
}
