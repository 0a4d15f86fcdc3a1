namespace DeepVision.FashionScenes.Tests;

/// <summary>Twenty made-up articles, two of each class: bright rectangles with a dark print, so that no data set is needed.</summary>
internal static class SyntheticArticles
{
    public const int Count = 20;

    public static FashionArticles Create()
    {
        const int Side = FashionArticles.Side;
        var pixels = new byte[Count * Side * Side];
        var labels = new byte[Count];
        for (int n = 0; n < Count; n++)
        {
            labels[n] = (byte)(n % 10);
            int margin = n % 7;
            for (int y = 0; y < Side; y++)
            {
                for (int x = margin; x < Side - margin; x++)
                {
                    bool print = x is >= 12 and < 16 && y is >= 12 and < 16;
                    pixels[(((n * Side) + y) * Side) + x] = print ? (byte)0 : (byte)(100 + (5 * n) + y);
                }
            }
        }

        return new FashionArticles(FashionSplit.Training, pixels, labels);
    }
}
