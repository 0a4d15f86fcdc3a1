using System.Buffers;
using DeepVision.Components;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Boxes from a Faster R-CNN's proposals and what its box head says of them.</summary>
internal sealed class FasterRcnnTask : DetectionTask
{
    /// <summary>What the host keeps of the proposals: (R, 5), the image's index in the batch and x1, y1, x2, y2 of each.</summary>
    public const string ProposalsOutput = "proposals";

    /// <summary>The output with the class logits of each proposal, (R, K).</summary>
    public const string LogitsOutput = "class_logits";

    /// <summary>The output with the box deltas of each proposal and class, (R, 4 * K).</summary>
    public const string DeltasOutput = "box_regression";

    internal const int ProposalLength = 5;

    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class, the background's first.</param>
    /// <param name="decoder">The decoder.</param>
    public FasterRcnnTask(IReadOnlyList<string> labels, FasterRcnnDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(decoder);
        Labels = labels;
        Decoder = decoder;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels { get; }

    /// <summary>The decoder with its thresholds.</summary>
    public FasterRcnnDecoder Decoder { get; }

    /// <summary>The name of the output with a level's objectness, (N, A, H, W).</summary>
    public static string ObjectnessOutput(string level) => $"objectness.{level}";

    /// <summary>The name of the output with the box deltas of a level's anchors, (N, A * 4, H, W).</summary>
    public static string AnchorDeltasOutput(string level) => $"anchor_deltas.{level}";

    /// <inheritdoc/>
    public override string Describe() => $"detection of {Labels.Count} classes";

    /// <inheritdoc/>
    public override IReadOnlyList<ScoredBox> Decode(IReadOnlyDictionary<string, HostTensor> outputs, int index, PreparedGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(geometry);
        ReadOnlySpan<float> rows = outputs[ProposalsOutput].Values;
        int first = FirstOf(rows, index);
        int count = FirstOf(rows, index + 1) - first;
        if (count == 0)
        {
            return [];
        }

        Box[] proposals = ArrayPool<Box>.Shared.Rent(count);
        try
        {
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> row = rows.Slice((first + i) * ProposalLength, ProposalLength);
                proposals[i] = new Box(row[1], row[2], row[3], row[4]);
            }

            int classes = Decoder.Classes;
            return Decoder.Find(
                geometry.ContentArea,
                proposals.AsSpan(0, count),
                outputs[LogitsOutput].Values.Slice(first * classes, count * classes),
                outputs[DeltasOutput].Values.Slice(4 * first * classes, 4 * count * classes));
        }
        finally
        {
            ArrayPool<Box>.Shared.Return(proposals);
        }
    }

    // Proposals lie image after image.
    private static int FirstOf(ReadOnlySpan<float> rows, int image)
    {
        int row = 0;
        while (row * ProposalLength < rows.Length && rows[row * ProposalLength] < image)
        {
            row++;
        }

        return row;
    }
}
