namespace DeepVision.Tests.Parity;

/// <summary>
/// Raw outputs of a RetinaNet that need no network, as in tests/golden/make_detections.py (raw_outputs): in runs of 27
/// anchors one class is likely, and one in so many of its logits is high; one box code in 256 is large enough to be clamped.
/// Indices are torchvision's: levels, then places row by row, then the 9 anchors of a place, then classes or codes.
/// </summary>
internal static class ParityRawOutputs
{
    internal const int AnchorsPerPlace = 9;

    private static readonly ulong LogitHash = CounterHash.OfKey("cls_logits");
    private static readonly ulong CodeHash = CounterHash.OfKey("bbox_regression");

    /// <summary>One logit.</summary>
    internal static float Logit(long anchor, int label, int classes, int oneIn)
    {
        ulong bits = CounterHash.Bits(LogitHash, (anchor * classes) + label);
        ulong likely = CounterHash.Mix(((ulong)(anchor / 27) + 1) * CounterHash.Golden) % (ulong)classes;
        bool hot = (ulong)label == likely && bits % (ulong)oneIn == 0;
        return hot ? CounterHash.Signed(bits) * 3f : (CounterHash.Signed(bits) * 2f) - 7f;
    }

    /// <summary>One of the four numbers dx, dy, dw, dh.</summary>
    internal static float Code(long anchor, int which)
    {
        ulong bits = CounterHash.Bits(CodeHash, (anchor * 4) + which);
        return CounterHash.Signed(bits) * ((bits & 255) == 0 ? 6f : 0.3f);
    }

    /// <summary>One level's outputs as a network gives them: (9 * K, H, W) logits and (9 * 4, H, W) codes.</summary>
    internal static (float[] Logits, float[] Codes) Level(long firstAnchor, int height, int width, int classes, int oneIn)
    {
        int places = height * width;
        float[] logits = new float[AnchorsPerPlace * classes * places];
        float[] codes = new float[AnchorsPerPlace * 4 * places];
        for (int place = 0; place < places; place++)
        {
            for (int a = 0; a < AnchorsPerPlace; a++)
            {
                long anchor = firstAnchor + ((long)place * AnchorsPerPlace) + a;
                for (int label = 0; label < classes; label++)
                {
                    logits[(((a * classes) + label) * places) + place] = Logit(anchor, label, classes, oneIn);
                }

                for (int which = 0; which < 4; which++)
                {
                    codes[(((a * 4) + which) * places) + place] = Code(anchor, which);
                }
            }
        }

        return (logits, codes);
    }
}
