namespace DeepVision.Detections;

/// <summary>
/// Scores with a tie breaker as one integer each: ascending keys are descending scores, and equal scores come in ascending
/// order of index. Sorting and selecting on keys is total and so deterministic.
/// </summary>
internal static class ScoreOrder
{
    // Partitions smaller than this are left to the sort.
    private const int SmallPartition = 24;

    /// <summary>The key of a score that is not NaN; -0 counts as below 0.</summary>
    public static ulong Key(float score, int index)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score);
        uint ascending = (bits & 0x8000_0000u) != 0 ? ~bits : bits | 0x8000_0000u;
        return ((ulong)~ascending << 32) | (uint)index;
    }

    /// <summary>The score that a key was made of.</summary>
    public static float Score(ulong key)
    {
        uint ascending = ~(uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle((ascending & 0x8000_0000u) != 0 ? ascending & 0x7FFF_FFFFu : ~ascending);
    }

    /// <summary>The index that a key was made of.</summary>
    public static int Index(ulong key) => (int)(uint)key;

    /// <summary>
    /// Moves the <paramref name="count"/> smallest keys to the front, in any order. Keys are distinct. Linear time on
    /// average; after too many bad pivots it sorts instead, so no input makes it quadratic.
    /// </summary>
    public static void SelectSmallest(Span<ulong> keys, int count)
    {
        if (count <= 0 || count >= keys.Length)
        {
            return;
        }

        int low = 0;
        int high = keys.Length - 1;
        int rounds = 2 * (int)Math.Log2(keys.Length) + 8;
        while (high - low > SmallPartition && rounds-- > 0)
        {
            ulong pivot = MedianOfThree(keys[low], keys[low + ((high - low) / 2)], keys[high]);
            int left = low - 1;
            int right = high + 1;
            while (true)
            {
                do
                {
                    left++;
                }
                while (keys[left] < pivot);

                do
                {
                    right--;
                }
                while (keys[right] > pivot);

                if (left >= right)
                {
                    break;
                }

                (keys[left], keys[right]) = (keys[right], keys[left]);
            }

            // Everything up to right is at most the pivot, everything after it at least the pivot.
            if (count - 1 <= right)
            {
                high = right;
            }
            else
            {
                low = right + 1;
            }
        }

        keys.Slice(low, high - low + 1).Sort();
    }

    private static ulong MedianOfThree(ulong a, ulong b, ulong c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
