using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>
/// The second stage of a Faster R-CNN on regions that a formula gives, as tests/golden/families/faster_rcnn.py has them: which
/// proposals the first stage makes has no part in it.
/// </summary>
internal static class RegionParity
{
    private const int Regions = 12;

    private static readonly string[] Levels = ["P2", "P3", "P4", "P5", "Pfinal"];

    /// <summary>Adds the cut-out regions and the second stage's outputs under torchvision's names.</summary>
    /// <param name="found">Receives them.</param>
    /// <param name="images">The batch.</param>
    /// <param name="first">The first stage's outputs.</param>
    /// <param name="run">Runs the second stage.</param>
    internal static void Add(
        Dictionary<string, float[]> found,
        HostTensor images,
        IReadOnlyDictionary<string, HostTensor> first,
        Func<HostTensor, IReadOnlyDictionary<string, HostTensor>> run)
    {
        HostTensor regions = Cut(images.Shape, first);
        IReadOnlyDictionary<string, HostTensor> second = run(regions);
        found["regions"] = regions.Values.ToArray();
        found["class_logits"] = second[FasterRcnnTask.LogitsOutput].Values.ToArray();
        found["box_regression"] = second[FasterRcnnTask.DeltasOutput].Values.ToArray();
    }

    private static HostTensor Cut(TensorShape images, IReadOnlyDictionary<string, HostTensor> first)
    {
        var options = new RoiAlignOptions();
        HostTensor[] maps = [.. Levels.Where(first.ContainsKey).Select(level => first[level])];
        SpatialSize[] sizes = [.. maps.Select(map => new SpatialSize(map.Shape.Height, map.Shape.Width))];
        var pyramid = new RoiPyramid(sizes, new SpatialSize(images.Height, images.Width), options);
        int channels = maps[0].Shape.Channels;
        var regions = new HostTensor(new TensorShape(images.Batch * Regions, channels, options.OutputSize, options.OutputSize));
        int length = channels * options.OutputSize * options.OutputSize;
        for (int i = 0; i < images.Batch * Regions; i++)
        {
            Box box = BoxOf(i, images.Width, images.Height);
            int level = pyramid.MapOf(box);
            int plane = channels * (int)sizes[level].Area;
            RoiAlign.Pool(
                maps[level].Values.Slice(i / Regions * plane, plane), sizes[level], pyramid.Scales[level], box, options,
                regions.Values.Slice(i * length, length));
        }

        return regions;
    }

    // Each step is rounded to float32, as in numpy.
    private static Box BoxOf(int index, int width, int height)
    {
        ulong hash = CounterHash.OfKey("regions");
        float[] z = [.. Enumerable.Range(0, 4).Select(k => CounterHash.Unit(CounterHash.Bits(hash, (4L * index) + k)))];
        float left = z[0] * width;
        float top = z[1] * height;
        return new Box(
            left,
            top,
            MathF.Max(MathF.Min(left + (z[2] * width), width), left + 1),
            MathF.Max(MathF.Min(top + (z[3] * height), height), top + 1));
    }
}
