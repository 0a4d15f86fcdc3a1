using DeepVision.Metrics;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Targets;

namespace DeepVision.Torch.Training.Losses;

/// <summary>Gives each anchor of a batch its object, image by image on all cores.</summary>
internal sealed class RetinaNetAssignment(AnchorMatcher matcher, int classes)
{
    public RetinaNetTargets Assign(Box[] anchors, IReadOnlyList<DetectionExample> examples)
    {
        var matches = new int[examples.Count][];
        var objects = new GroundTruthBox[examples.Count][];
        for (int i = 0; i < examples.Count; i++)
        {
            objects[i] = [.. examples[i].Objects.Where(thing => !IsIgnored(thing))];
            foreach (GroundTruthBox thing in objects[i])
            {
                if (thing.ClassIndex >= classes)
                {
                    throw new ArgumentException($"Example {i} of the batch has an object of class {thing.ClassIndex}; the model has {classes} classes.");
                }
            }
        }

        Parallel.For(0, examples.Count, i =>
        {
            Box[] ignored = [.. examples[i].Objects.Where(IsIgnored).Select(thing => thing.Box)];
            matches[i] = new int[anchors.Length];
            matcher.Match(anchors, [.. objects[i].Select(thing => thing.Box)], ignored, matches[i]);
        });
        return Collect(anchors, objects, matches);
    }

    private RetinaNetTargets Collect(Box[] anchors, GroundTruthBox[][] objects, int[][] matches)
    {
        int total = matches.Sum(image => image.Count(match => match >= 0));
        var weights = new float[matches.Length * anchors.Length];
        var rows = new long[total];
        var logits = new long[total];
        var rowWeights = new float[total];
        var matchedAnchors = new Box[total];
        var matchedObjects = new Box[total];
        int at = 0;
        for (int i = 0; i < matches.Length; i++)
        {
            int foreground = matches[i].Count(match => match >= 0);
            float weight = 1f / (Math.Max(1, foreground) * (long)matches.Length);
            for (int a = 0; a < anchors.Length; a++)
            {
                int match = matches[i][a];
                long row = ((long)i * anchors.Length) + a;
                weights[row] = match == AnchorMatcher.Neither ? 0 : weight;
                if (match < 0)
                {
                    continue;
                }

                rows[at] = row;
                logits[at] = (row * classes) + objects[i][match].ClassIndex;
                rowWeights[at] = weight;
                matchedAnchors[at] = anchors[a];
                matchedObjects[at] = objects[i][match].Box;
                at++;
            }
        }

        return new RetinaNetTargets
        {
            RowWeights = weights,
            ForegroundRows = rows,
            ForegroundLogits = logits,
            ForegroundWeights = rowWeights,
            Anchors = matchedAnchors,
            Objects = matchedObjects,
        };
    }

    private static bool IsIgnored(GroundTruthBox thing) => thing.Ignore || thing.IsCrowd;
}
