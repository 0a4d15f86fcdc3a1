using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>
/// Raw outputs under the names and in the layout of tests/golden: RetinaNet's as torchvision gives them, all others under this
/// library's own.
/// </summary>
internal static class TorchvisionLayout
{
    private static readonly string[] Levels = ["P3", "P4", "P5", "P6", "P7"];

    // A Faster R-CNN has all but Pfinal; over a MobileNetV3 it has P5, Pfinal and P6.
    private static readonly string[] ProposalLevels = ["P2", "P3", "P4", "P5", "Pfinal", "P6"];

    /// <summary>The outputs of tests/golden by name; a RetinaNet's model taps P3 .. P7, a Faster R-CNN's P6.</summary>
    internal static Dictionary<string, float[]> Of(IReadOnlyDictionary<string, HostTensor> outputs)
    {
        if (outputs.TryGetValue(ClassificationTask.LogitsOutput, out HostTensor? logits))
        {
            return new() { ["logits"] = logits.Values.ToArray() };
        }

        if (outputs.ContainsKey(SegmentationTask.LogitsOutput))
        {
            return outputs.ToDictionary(output => output.Key, output => output.Value.Values.ToArray());
        }

        if (outputs.ContainsKey(FasterRcnnTask.ObjectnessOutput(ProposalLevels[^1])))
        {
            return OfProposals(outputs);
        }

        if (!outputs.ContainsKey(Levels[0]) || !outputs.ContainsKey(RetinaNetTask.LogitsOutput(Levels[0])))
        {
            return outputs.ToDictionary(output => output.Key, output => output.Value.Values.ToArray());
        }

        var result = Levels.ToDictionary(level => level.ToLowerInvariant(), level => outputs[level].Values.ToArray());
        result["cls_logits"] = Logits(outputs);
        result["bbox_regression"] = Concatenate([.. Levels.Select(level => outputs[RetinaNetTask.DeltasOutput(level)])]);
        return result;
    }

    /// <summary>A detector's class logits of all levels.</summary>
    internal static float[] Logits(IReadOnlyDictionary<string, HostTensor> outputs) =>
        Concatenate([.. Levels.Select(level => outputs[RetinaNetTask.LogitsOutput(level)])]);

    private static Dictionary<string, float[]> OfProposals(IReadOnlyDictionary<string, HostTensor> outputs)
    {
        string[] levels = [.. ProposalLevels.Where(level => outputs.ContainsKey(FasterRcnnTask.ObjectnessOutput(level)))];
        var result = levels.ToDictionary(level => level.ToLowerInvariant(), level => outputs[level].Values.ToArray());
        result["objectness"] = Concatenate([.. levels.Select(level => outputs[FasterRcnnTask.ObjectnessOutput(level)])]);
        result["anchor_deltas"] = Concatenate([.. levels.Select(level => outputs[FasterRcnnTask.AnchorDeltasOutput(level)])]);
        return result;
    }

    /// <summary>(N, A * K, H, W) of each level -> (N, sum of H * W * A, K).</summary>
    private static float[] Concatenate(HostTensor[] levels)
    {
        int batch = levels[0].Shape.Batch;
        float[] result = new float[levels.Sum(level => level.Shape.ElementCount)];
        int at = 0;
        for (int n = 0; n < batch; n++)
        {
            foreach (HostTensor level in levels)
            {
                int channels = level.Shape.Channels;
                int places = level.Shape.Height * level.Shape.Width;
                ReadOnlySpan<float> image = level.Values.Slice(n * channels * places, channels * places);
                for (int place = 0; place < places; place++)
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        result[at++] = image[(channel * places) + place];
                    }
                }
            }
        }

        return result;
    }
}
