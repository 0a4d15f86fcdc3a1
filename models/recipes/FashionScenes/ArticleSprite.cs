namespace DeepVision.FashionScenes;

/// <summary>
/// An article cut out of its black background: the background is what is dark and connected with the image's border, so
/// that a dark print inside an article stays part of it.
/// </summary>
internal sealed class ArticleSprite
{
    private const int Side = FashionArticles.Side;
    private const int DarkestArticle = 16;
    private readonly byte[] _gray;
    private readonly bool[] _solid = new bool[Side * Side];

    public ArticleSprite(ReadOnlySpan<byte> gray)
    {
        _gray = gray.ToArray();
        Array.Fill(_solid, true);
        var open = new Stack<(int X, int Y)>();
        for (int i = 0; i < Side; i++)
        {
            open.Push((i, 0));
            open.Push((i, Side - 1));
            open.Push((0, i));
            open.Push((Side - 1, i));
        }

        while (open.TryPop(out (int X, int Y) place))
        {
            (int x, int y) = place;
            if (x is < 0 or >= Side || y is < 0 or >= Side || !_solid[(y * Side) + x] || _gray[(y * Side) + x] > DarkestArticle)
            {
                continue;
            }

            _solid[(y * Side) + x] = false;
            open.Push((x - 1, y));
            open.Push((x + 1, y));
            open.Push((x, y - 1));
            open.Push((x, y + 1));
        }
    }

    /// <summary>
    /// Coverage in [0, 1] and gray value in [0, 255] at a point in article pixels (pixel centers at whole numbers), bilinear;
    /// the gray value is averaged over the article's own pixels only, so that its rim is not darkened by the background.
    /// </summary>
    public (double Coverage, double Gray) Sample(double x, double y)
    {
        if (x <= -1 || y <= -1 || x >= Side || y >= Side)
        {
            return (0, 0);
        }

        int left = (int)(x + 1) - 1, top = (int)(y + 1) - 1;
        double right = x - left, down = y - top, coverage = 0, gray = 0;
        for (int corner = 0; corner < 4; corner++)
        {
            int column = left + (corner & 1), row = top + (corner >> 1);
            if (column is < 0 or >= Side || row is < 0 or >= Side || !_solid[(row * Side) + column])
            {
                continue;
            }

            double weight = ((corner & 1) == 0 ? 1 - right : right) * (corner < 2 ? 1 - down : down);
            coverage += weight;
            gray += weight * _gray[(row * Side) + column];
        }

        return coverage > 0 ? (coverage, gray / coverage) : (0, 0);
    }
}
