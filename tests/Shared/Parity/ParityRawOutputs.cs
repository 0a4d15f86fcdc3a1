namespace DeepVision.Tests.Parity;

/// <summary>
/// Raw outputs of a detector that need no network, as in tests/golden/make_detections.py (raw_outputs): in runs of 27 anchors one
/// class is likely, and one in so many of its logits is high; one box code in 256 is large. Indices are torchvision's: levels,
/// then places row by row, then the anchors of a place, then classes or codes.
/// </summary>
/// <param name="kind">Whose outputs.</param>
/// <param name="classes">How many classes the head scores.</param>
/// <param name="oneIn">How rare high logits are.</param>
internal sealed class ParityRawOutputs(ParityRawOutputs.Detector kind, int classes, int oneIn)
{
    private static readonly ulong LogitHash = CounterHash.OfKey("cls_logits");
    private static readonly ulong CodeHash = CounterHash.OfKey("bbox_regression");
    private static readonly ulong CenternessHash = CounterHash.OfKey("bbox_ctrness");

    /// <summary>The detectors that differ in the ranges of their outputs.</summary>
    internal enum Detector
    {
        RetinaNet,
        Fcos,
        Ssd,
    }

    /// <summary>One level's class logits as a network gives them: (A * K, H * W).</summary>
    internal float[] Logits(long firstAnchor, int places, int anchors) => Level(firstAnchor, places, anchors, classes, Logit);

    /// <summary>One level's box codes: (A * 4, H * W).</summary>
    internal float[] Codes(long firstAnchor, int places, int anchors) => Level(firstAnchor, places, anchors, 4, Code);

    /// <summary>One level's center-ness: (A, H * W).</summary>
    internal static float[] Centerness(long firstAnchor, int places, int anchors) =>
        Level(firstAnchor, places, anchors, 1, (anchor, _) => CounterHash.Signed(CounterHash.Bits(CenternessHash, anchor)) * 2f);

    private float Logit(long anchor, int label)
    {
        ulong bits = CounterHash.Bits(LogitHash, (anchor * classes) + label);
        int first = kind == Detector.Ssd ? 1 : 0;
        ulong likely = (ulong)first + (CounterHash.Mix(((ulong)(anchor / 27) + 1) * CounterHash.Golden) % (ulong)(classes - first));
        bool hot = (ulong)label == likely && bits % (ulong)oneIn == 0;
        float x = CounterHash.Signed(bits);
        if (kind == Detector.Ssd)
        {
            // Background likely, an object in [0, 6), all others unlikely.
            return label == 0 ? x + 4f : hot ? (x * 3f) + 3f : (x * 2f) - 4f;
        }

        return hot ? x * 3f : (x * 2f) - 7f;
    }

    private float Code(long anchor, int which)
    {
        ulong bits = CounterHash.Bits(CodeHash, (anchor * 4) + which);
        bool large = (bits & 255) == 0;
        return kind switch
        {
            Detector.Fcos => (CounterHash.Unit(bits) * (large ? 12f : 2f)) + 1f,
            Detector.Ssd => CounterHash.Signed(bits) * (large ? 40f : 2f),
            _ => CounterHash.Signed(bits) * (large ? 6f : 0.3f),
        };
    }

    private static float[] Level(long firstAnchor, int places, int anchors, int columns, Func<long, int, float> value)
    {
        float[] values = new float[anchors * columns * places];
        for (int place = 0; place < places; place++)
        {
            for (int a = 0; a < anchors; a++)
            {
                for (int column = 0; column < columns; column++)
                {
                    values[(((a * columns) + column) * places) + place] = value(firstAnchor + ((long)place * anchors) + a, column);
                }
            }
        }

        return values;
    }
}
