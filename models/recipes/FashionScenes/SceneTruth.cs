namespace DeepVision.FashionScenes;

/// <summary>Finds the boxes of what is visible of each article.</summary>
internal static class SceneTruth
{
    /// <summary>Measures each article that shows at least one pixel.</summary>
    /// <param name="owner">For each pixel the number of the article in front, from 1 on, or 0.</param>
    /// <param name="side">Pixels in a row.</param>
    /// <param name="labels">The articles' classes.</param>
    /// <param name="totals">The articles' pixels, covered ones included.</param>
    public static List<SceneObject> Measure(int[] owner, int side, int[] labels, int[] totals)
    {
        int count = labels.Length;
        int[] visible = new int[count], left = new int[count], top = new int[count], right = new int[count], bottom = new int[count];
        Array.Fill(left, side);
        Array.Fill(top, side);
        for (int place = 0; place < owner.Length; place++)
        {
            int n = owner[place] - 1;
            if (n < 0)
            {
                continue;
            }

            int x = place % side, y = place / side;
            visible[n]++;
            left[n] = Math.Min(left[n], x);
            top[n] = Math.Min(top[n], y);
            right[n] = Math.Max(right[n], x + 1);
            bottom[n] = Math.Max(bottom[n], y + 1);
        }

        var objects = new List<SceneObject>(count);
        for (int n = 0; n < count; n++)
        {
            if (visible[n] > 0)
            {
                objects.Add(new SceneObject
                {
                    Label = labels[n],
                    Left = left[n],
                    Top = top[n],
                    Right = right[n],
                    Bottom = bottom[n],
                    VisiblePixels = visible[n],
                    TotalPixels = totals[n],
                });
            }
        }

        return objects;
    }
}
