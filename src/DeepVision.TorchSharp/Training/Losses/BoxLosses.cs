using DeepVision.Detections;
using DeepVision.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Losses;

/// <summary>Losses of predicted deltas (F, 4) at anchors with an object: the weighted sum over all.</summary>
internal static class BoxLosses
{
    private const double GiouEpsilon = 1e-7; // torchvision's

    public static Tensor Sum(Tensor deltas, RetinaNetTargets targets, BoxCoder coder, RetinaNetLossOptions options)
    {
        Tensor weights = tensor(targets.ForegroundWeights, device: deltas.device);
        if (options.Boxes == BoxLossKind.Giou)
        {
            Tensor anchors = ToTensor(targets.Anchors, deltas.device), objects = ToTensor(targets.Objects, deltas.device);
            return (Giou(Decode(deltas, anchors, coder), objects) * weights).sum();
        }

        Tensor wanted = Encode(targets, coder, deltas.device);
        Tensor differences = options.Boxes == BoxLossKind.SmoothL1
            ? nn.functional.smooth_l1_loss(deltas, wanted, nn.Reduction.None, options.SmoothL1Beta)
            : (deltas - wanted).abs();
        return (differences * weights.unsqueeze(1)).sum();
    }

    // 1 - GIoU, (F).
    private static Tensor Giou(Tensor boxes, Tensor objects)
    {
        Tensor leftTop = boxes.narrow(1, 0, 2), rightBottom = boxes.narrow(1, 2, 2);
        Tensor otherLeftTop = objects.narrow(1, 0, 2), otherRightBottom = objects.narrow(1, 2, 2);
        Tensor common = Area((minimum(rightBottom, otherRightBottom) - maximum(leftTop, otherLeftTop)).clamp_min(0));
        Tensor union = Area(rightBottom - leftTop) + Area(otherRightBottom - otherLeftTop) - common;
        Tensor hull = Area(maximum(rightBottom, otherRightBottom) - minimum(leftTop, otherLeftTop));
        return 1 - (common / (union + GiouEpsilon)) + ((hull - union) / (hull + GiouEpsilon));
    }

    private static Tensor Area(Tensor sides) => sides.select(1, 0) * sides.select(1, 1);

    private static Tensor Decode(Tensor deltas, Tensor anchors, BoxCoder coder)
    {
        Tensor sides = anchors.narrow(1, 2, 2) - anchors.narrow(1, 0, 2);
        Tensor centers = anchors.narrow(1, 0, 2) + (sides * 0.5);
        Tensor places = tensor(new[] { coder.WeightX, coder.WeightY }, device: deltas.device);
        Tensor scales = tensor(new[] { coder.WeightWidth, coder.WeightHeight }, device: deltas.device);
        Tensor middle = (deltas.narrow(1, 0, 2) / places * sides) + centers;
        Tensor half = (deltas.narrow(1, 2, 2) / scales).clamp_max(coder.MaxLogRatio).exp() * sides * 0.5;
        return cat([middle - half, middle + half], 1);
    }

    private static Tensor Encode(RetinaNetTargets targets, BoxCoder coder, Device device)
    {
        var values = new float[4 * targets.Anchors.Length];
        for (int i = 0; i < targets.Anchors.Length; i++)
        {
            BoxDelta delta = coder.Encode(targets.Objects[i], targets.Anchors[i]);
            (values[4 * i], values[(4 * i) + 1], values[(4 * i) + 2], values[(4 * i) + 3]) = (delta.Dx, delta.Dy, delta.Dw, delta.Dh);
        }

        return tensor(values, [targets.Anchors.Length, 4], device: device);
    }

    private static Tensor ToTensor(Box[] boxes, Device device)
    {
        var values = new float[4 * boxes.Length];
        for (int i = 0; i < boxes.Length; i++)
        {
            (values[4 * i], values[(4 * i) + 1], values[(4 * i) + 2], values[(4 * i) + 3]) = (boxes[i].X1, boxes[i].Y1, boxes[i].X2, boxes[i].Y2);
        }

        return tensor(values, [boxes.Length, 4], device: device);
    }
}
