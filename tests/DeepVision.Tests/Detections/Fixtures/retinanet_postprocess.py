"""Golden outputs of torchvision's RetinaNet post-processing; writes retinanet_postprocess.txt beside this file.

Made with Debian 12's python3-torchvision 0.14.1 on python3-torch 1.13.0 (CPU capability AVX2), one thread:
    python3 retinanet_postprocess.py
Raw outputs come from an integer hash of their index that RawOutputs.cs computes as well, so the file holds outputs only.
Floats are written as the hexadecimal bits of float32.
"""
import os
import numpy as np
import torch
import torchvision
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import nms, boxes as box_ops
from torchvision.models.detection._utils import BoxCoder

# classes, padded (H, W), images (H, W), level maps (H, W), share of logits near or above the threshold
CASES = [
    (6, (128, 160), [(120, 160), (128, 97)], [(16, 20), (8, 10), (4, 5), (2, 3), (1, 2)], 0.25),
    (6, (128, 160), [(120, 160), (128, 97)], [(16, 20), (8, 10), (4, 5), (2, 3), (1, 2)], 0.03125),
    (91, (256, 320), [(256, 301), (199, 320)], [(32, 40), (16, 20), (8, 10), (4, 5), (2, 3)], 0.0078125),
]
LOGITS, DELTAS, CHOICE = 0, 1, 2


def uniform(case, image, level, kind, count):
    """float32 in [0, 1): 24 high bits of a hash of the element's number."""
    base = (((case * 8 + image) * 8 + level) * 4 + kind) << 21
    h = (np.arange(count, dtype=np.uint64) + base).astype(np.uint32)
    h *= np.uint32(0x9E3779B1)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return (h >> np.uint32(8)).astype(np.float32) * np.float32(2.0 ** -24)


def logits(case, image, level, classes, size, share):
    """A share of them is spread over -3.5 to 0.5, the rest over -12 to -8; no cancellation, so hardly any scores are equal."""
    count = 9 * classes * size[0] * size[1]
    u = uniform(case, image, level, LOGITS, count)
    chosen = uniform(case, image, level, CHOICE, count) < np.float32(share)
    x = u * np.float32(4) - np.where(chosen, np.float32(3.5), np.float32(12))
    return torch.from_numpy(x).view(9, classes, *size).permute(2, 3, 0, 1).reshape(-1, classes)


def deltas(case, image, level, size):
    u = uniform(case, image, level, DELTAS, 36 * size[0] * size[1])
    x = (u - np.float32(0.5)) * np.float32(1.25)
    return torch.from_numpy(x).view(9, 4, *size).permute(2, 3, 0, 1).reshape(-1, 4)


def bits(tensor):
    return ["%08x" % b for b in tensor.detach().numpy().astype(np.float32).view(np.uint32).ravel()]


def run(case, out):
    classes, padded, images, maps, share = CASES[case]
    model = torchvision.models.detection.retinanet_resnet50_fpn(weights=None, weights_backbone=None, num_classes=classes)
    features = [torch.zeros(len(images), 1, *m) for m in maps]
    anchors = model.anchor_generator(ImageList(torch.zeros(len(images), 3, *padded), images), features)
    per_level = [9 * m[0] * m[1] for m in maps]
    outputs = {
        "cls_logits": [torch.stack([logits(case, i, l, classes, m, share) for i in range(len(images))]) for l, m in enumerate(maps)],
        "bbox_regression": [torch.stack([deltas(case, i, l, m) for i in range(len(images))]) for l, m in enumerate(maps)],
    }
    split = [list(a.split(per_level)) for a in anchors]
    results = {"torchvision": model.postprocess_detections(outputs, split, images)}
    original = box_ops.batched_nms
    box_ops.batched_nms = box_ops._batched_nms_vanilla
    results["perclass"] = model.postprocess_detections(outputs, split, images)
    box_ops.batched_nms = original
    for scope, found in results.items():
        for i, d in enumerate(found):
            out.write("%d %s %d %d\n" % (case, scope, i, len(d["labels"])))
            for label, score, box in zip(d["labels"].tolist(), d["scores"], d["boxes"]):
                out.write(" ".join([str(label)] + bits(score) + bits(box)) + "\n")


def run_nms(out):
    """1500 boxes with whole coordinates: many equal scores and IoUs that equal the threshold."""
    u = uniform(3, 0, 0, 0, 5 * 1500).reshape(5, 1500)
    x, y, w, h = [np.floor(u[j] * np.float32(64)) for j in range(4)]
    box = torch.from_numpy(np.stack([x, y, x + np.floor(w / 2), y + np.floor(h / 2)], 1))
    score = torch.from_numpy(np.floor(u[4] * np.float32(200)) / np.float32(256))
    for threshold in (0.25, 0.3, 0.5, 0.7):
        kept = nms(box, score, threshold).tolist()
        out.write("nms %r %d\n%s\n" % (threshold, len(kept), " ".join(map(str, kept))))


def run_coder(out):
    """200 boxes decoded with Faster R-CNN's weights."""
    u = uniform(3, 0, 0, 1, 8 * 200).reshape(8, 200)
    x, y, w, h = u[0] * np.float32(500), u[1] * np.float32(500), u[2] * np.float32(200), u[3] * np.float32(200)
    anchors = torch.from_numpy(np.stack([x, y, x + w, y + h], 1))
    codes = torch.from_numpy(((u[4:8] - np.float32(0.5)) * np.float32(8)).T.copy())
    decoded = BoxCoder((10.0, 10.0, 5.0, 5.0)).decode_single(codes, anchors)
    out.write("coder 200\n")
    for box in decoded:
        out.write(" ".join(bits(box)) + "\n")


torch.set_num_threads(1)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "retinanet_postprocess.txt"), "w") as out:
    out.write("# torch %s, torchvision %s\n" % (torch.__version__, torchvision.__version__))
    with torch.no_grad():
        for c in range(len(CASES)):
            run(c, out)
        run_nms(out)
        run_coder(out)
