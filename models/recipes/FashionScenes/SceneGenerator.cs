using DeepVision.Preprocessing;

namespace DeepVision.FashionScenes;

/// <summary>
/// Renders scenes of articles over procedural textures. A scene is a function of the articles, the seed and its index, and
/// has the same bits on every machine: only + - * / on doubles and whole numbers are used. Safe for concurrent calls.
/// </summary>
/// <remarks>
/// 3 to 12 articles; side 20 to 112 pixels, log-uniform; rotation within 20 degrees; each in a random tint, wholly on the
/// canvas. Later articles cover earlier ones.
/// </remarks>
public sealed class SceneGenerator
{
    /// <summary>Pixels in a row and rows of a scene.</summary>
    public const int CanvasSide = 256;

    /// <summary>Seed of the 500 test scenes, which use the test articles.</summary>
    public const ulong TestSeed = 20261122;

    /// <summary>Seed of the validation scenes, which use the validation articles.</summary>
    public const ulong ValidationSeed = 20261123;

    /// <summary>Seed of the training scenes, which use the training articles.</summary>
    public const ulong TrainingSeed = 20261124;

    /// <summary>Number of test scenes, and of validation scenes.</summary>
    public const int TestCount = 500;

    private const int FewestArticles = 3;
    private const int MostArticles = 12;
    private const double SmallestSide = 20;
    private const double LogOfSideRange = 1.7227665977411035; // ln(112 / 20)
    private const double LargestAngle = 0.3490658503988659; // 20 degrees
    private readonly FashionArticles _articles;
    private readonly ulong _seed;

    /// <summary>A generator of the scenes of one seed.</summary>
    /// <exception cref="ArgumentException">There are no articles.</exception>
    public SceneGenerator(FashionArticles articles, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(articles);
        if (articles.Count == 0)
        {
            throw new ArgumentException("A scene needs articles; this split has none.", nameof(articles));
        }

        _articles = articles;
        _seed = seed;
    }

    /// <summary>The generator of a split's own scenes, with the split's seed.</summary>
    public static SceneGenerator Create(FashionSplit split, string folder = FashionArticles.DefaultFolder) =>
        new(FashionArticles.Load(split, folder), split switch
        {
            FashionSplit.Test => TestSeed,
            FashionSplit.Validation => ValidationSeed,
            _ => TrainingSeed,
        });

    /// <summary>Renders a scene.</summary>
    /// <param name="index">Which scene, from 0 on.</param>
    public Scene Render(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var canvas = new double[3 * CanvasSide * CanvasSide];
        var owner = new int[CanvasSide * CanvasSide]; // 0: background, n: the n-th article
        new Texture(_seed, (ulong)index).Paint(canvas, CanvasSide);

        var random = new CounterRandom(_seed, (ulong)index, purpose: 1);
        int count = FewestArticles + random.NextIndex(MostArticles - FewestArticles + 1);
        var labels = new int[count];
        var totals = new int[count];
        for (int n = 0; n < count; n++)
        {
            int article = random.NextIndex(_articles.Count);
            labels[n] = _articles.GetLabel(article);
            totals[n] = Place(new ArticleSprite(_articles.GetPixels(article)), ref random, canvas, owner, n + 1);
        }

        return new Scene(ToImage(canvas), SceneTruth.Measure(owner, CanvasSide, labels, totals));
    }

    /// <summary>Draws one article at a random place and says how many pixels it has.</summary>
    private static int Place(ArticleSprite sprite, ref CounterRandom random, double[] canvas, int[] owner, int number)
    {
        double side = SmallestSide * PortableMath.Exp(LogOfSideRange * random.NextUnit());
        (double sin, double cos) = PortableMath.SinCos(random.NextBetween(-LargestAngle, LargestAngle));
        double reach = 0.5 * side * (cos + (sin < 0 ? -sin : sin));
        double centerX = random.NextBetween(reach, CanvasSide - reach);
        double centerY = random.NextBetween(reach, CanvasSide - reach);
        Span<double> tint = [random.NextBetween(0.3, 1), random.NextBetween(0.3, 1), random.NextBetween(0.3, 1)];
        tint[random.NextIndex(3)] = 1;

        double scale = FashionArticles.Side / side;
        const double Middle = (FashionArticles.Side - 1) / 2.0;
        int left = Math.Max(0, (int)(centerX - reach) - 2), right = Math.Min(CanvasSide, (int)(centerX + reach) + 3);
        int top = Math.Max(0, (int)(centerY - reach) - 2), bottom = Math.Min(CanvasSide, (int)(centerY + reach) + 3);
        int pixels = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                double dx = (x + 0.5 - centerX) * scale, dy = (y + 0.5 - centerY) * scale;
                (double coverage, double gray) = sprite.Sample(Middle + (dx * cos) + (dy * sin), Middle + (dy * cos) - (dx * sin));
                if (coverage == 0)
                {
                    continue;
                }

                int place = (y * CanvasSide) + x;
                for (int c = 0; c < 3; c++)
                {
                    double below = canvas[(3 * place) + c];
                    canvas[(3 * place) + c] = below + (coverage * ((gray * tint[c]) - below));
                }

                if (coverage >= 0.5)
                {
                    owner[place] = number;
                    pixels++;
                }
            }
        }

        return pixels;
    }

    private static RgbImage ToImage(double[] canvas)
    {
        var pixels = new byte[canvas.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            double value = canvas[i] + 0.5;
            pixels[i] = value <= 0 ? (byte)0 : value >= 255 ? (byte)255 : (byte)(int)value;
        }

        return new RgbImage(CanvasSide, CanvasSide, pixels);
    }
}
