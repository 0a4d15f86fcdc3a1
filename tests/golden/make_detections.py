"""Writes detections/NAME.json: what torchvision's detectors find, end to end and from given raw outputs.

    /usr/bin/python3 make_detections.py [NAME ...]         (everything without arguments; "raw_outputs_NAME" for given raw outputs)

Weights, images and raw outputs come from formulas (parity_weights.py; raw_outputs below), so there is no seed. End to end
runs in float64 from float32 weights and 8-bit images; that torch's own float32 run gives the same detections is measured
and written down. The cases are asserted to be worth comparing: see `check`.
"""
import hashlib
import json
import pathlib
import sys
import warnings

import numpy as np
import torch
import torchvision
from torchvision.models.detection.anchor_utils import DefaultBoxGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.ssd import SSD
from torchvision.ops import box_iou

import parity_weights as weights
import reference_models

FOLDER = pathlib.Path(__file__).parent / "detections"
VERSIONS = {"torch": torch.__version__, "torchvision": torchvision.__version__, "numpy": np.__version__}
# Options, images as (number, width, height): enlarged, limited by max_size, nearly unchanged.
SMALL = ({"min_size": 256, "max_size": 400}, [(0, 160, 120), (1, 333, 250), (2, 640, 240)])
FULL = ({"min_size": 800, "max_size": 1333}, [(3, 1200, 900)])
END_TO_END = {
    "retinanet_resnet50_fpn": [SMALL, FULL],
    "retinanet_resnet50_fpn_v2": [SMALL],
    "fcos_resnet50_fpn": [SMALL, FULL],
    "ssd300_vgg16": [({}, [(0, 160, 120), (1, 333, 250), (2, 640, 240)])],
    "ssdlite320_mobilenet_v3_large": [({}, [(0, 160, 120), (1, 333, 250), (2, 640, 240)])],
    "fasterrcnn_resnet50_fpn": [SMALL, FULL],
    "fasterrcnn_resnet50_fpn_v2": [SMALL],
    "fasterrcnn_mobilenet_v3_large_fpn": [SMALL],
    "fasterrcnn_mobilenet_v3_large_320_fpn": [({"min_size": 320, "max_size": 640}, [(0, 160, 120), (1, 333, 250), (2, 640, 240)])],
}
# 192 x 256 has a 2 x 2 last level, whose anchors are 96 rows apart: torchvision's stride is size // cells.
RAW = {
    "raw_outputs": ("retinanet_resnet50_fpn", [
        {"height": 192, "width": 256, "valid": (180, 250), "one_in": 4, "cap": 300},
        {"height": 192, "width": 256, "valid": (192, 199), "one_in": 16, "cap": 100}]),
    "raw_outputs_fcos": ("fcos_resnet50_fpn", [
        {"height": 192, "width": 256, "valid": (180, 250), "one_in": 1, "cap": 300},
        {"height": 352, "width": 416, "valid": (352, 399), "one_in": 3, "cap": 100, "topk": 200}]),
    "raw_outputs_ssd": ("ssd300_vgg16", [
        {"height": 300, "width": 300, "valid": (300, 300), "one_in": 4, "cap": 200},
        {"height": 268, "width": 340, "valid": (260, 333), "one_in": 2, "cap": 100, "topk": 10}]),
}
# The generators of ssd300_vgg16 and ssdlite320_mobilenet_v3_large, over maps of their own images and of others.
SSD300 = DefaultBoxGenerator([[2], [2, 3], [2, 3], [2, 3], [2], [2]], scales=[0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05],
                             steps=[8, 16, 32, 64, 100, 300])
SSDLITE320 = DefaultBoxGenerator([[2, 3] for _ in range(6)], min_ratio=0.2, max_ratio=0.95)
DEFAULT_BOXES = [
    ("ssd300", SSD300, 300, 300, [(38, 38), (19, 19), (10, 10), (5, 5), (3, 3), (1, 1)]),
    ("ssd300", SSD300, 268, 413, [(34, 52), (17, 26), (9, 13), (5, 7), (3, 5), (1, 3)]),
    ("ssdlite320", SSDLITE320, 320, 320, [(20, 20), (10, 10), (5, 5), (3, 3), (2, 2), (1, 1)]),
    ("ssdlite320", SSDLITE320, 129, 97, [(9, 7), (5, 4), (3, 2), (2, 1), (1, 1), (1, 1)]),
]


class Recorder:
    """Runs a detector's decoding and remembers what is needed to judge it: the lists of candidates (one for each level, or
    with SSD one for each class), and the scores at which they were cut."""

    def __init__(self, model):
        self.model, self.original = model, model.postprocess_detections
        model.postprocess_detections = self
        model.anchor_generator.register_forward_hook(self.count)

    def count(self, generator, inputs, output):
        self.counts = [m.shape[2] * m.shape[3] * n for m, n in zip(inputs[1], generator.num_anchors_per_location())]

    def level_scores(self, outputs):
        """The scores of each level, (anchors, classes)."""
        if isinstance(self.model, SSD):
            return torch.softmax(outputs["cls_logits"][0], 1)[:, 1:].split(self.counts)
        scores = [torch.sigmoid(level[0]) for level in outputs["cls_logits"]]
        if "bbox_ctrness" in outputs:
            scores = [torch.sqrt(s * torch.sigmoid(c[0])) for s, c in zip(scores, outputs["bbox_ctrness"])]
        return scores

    def __call__(self, outputs, anchors, image_shapes):
        levels = self.level_scores(outputs)
        by_class = isinstance(self.model, SSD)
        lists = torch.cat(levels).T if by_class else [s.flatten() for s in levels]
        above = [s[s > self.model.score_thresh].sort(descending=True).values for s in lists]
        limit = self.model.topk_candidates
        self.candidates = [min(len(s), limit) for s in above]
        cut = {i: rounded([s[limit].item()])[0] for i, s in enumerate(above) if len(s) > limit}
        self.cut_scores = {"classCutScores": {i + 1: s for i, s in cut.items()}} if by_class else {"levelCutScores": list(cut.values())}
        kept = [s[:limit] for s in above]
        cap, self.model.detections_per_img = self.model.detections_per_img, 10**6
        everything = self.original(outputs, anchors, image_shapes)[0]
        self.model.detections_per_img = cap
        self.kept = len(everything["scores"])
        self.classes = len(everything["labels"].unique())
        self.levels = [int(torch.isin(everything["scores"], s[s > self.model.score_thresh]).sum()) for s in (levels if by_class else kept)]
        tied = torch.cat(kept)
        self.ties = len(tied) - len(tied.unique())
        return self.original(outputs, anchors, image_shapes)

    def check(self):
        """Worth comparing: 100 detections before the cap, from 3 levels and 5 classes, with 20 candidates suppressed."""
        assert self.kept >= 100 and self.classes >= 5, (self.kept, self.classes)
        assert sum(n > 0 for n in self.levels) >= 3, self.levels
        assert sum(self.candidates) - self.kept >= 20, (self.candidates, self.kept)
        return {"scoreThreshold": self.model.score_thresh, "nmsThreshold": self.model.nms_thresh,
                "candidates": self.candidates, "keptByLevel": self.levels, "keptBeforeCap": self.kept, "classes": self.classes,
                "suppressed": sum(self.candidates) - self.kept, **self.cut_scores}


def rounded(values):
    """Shortest decimals that give the float32 values back."""
    return [float(str(np.float32(v))) for v in values]


def result(found):
    return {"labels": found["labels"].tolist(), "scores": rounded(found["scores"]),
            "boxes": [rounded(box) for box in found["boxes"].tolist()]}


def unmatched(a, b):
    """Detections of `a` without one of the same label in `b` that overlaps by 0.99 or, for boxes clipped to almost nothing,
    lies within a tenth of a pixel."""
    same = a["labels"][:, None] == b["labels"][None, :]
    near = (a["boxes"].double()[:, None] - b["boxes"].double()[None]).abs().amax(2) < 0.1
    return int((((near | (box_iou(a["boxes"].double(), b["boxes"].double()) > 0.99)) & same).sum(1) == 0).sum())


def end_to_end(name, options, images):
    runs = {}
    for kind in (torch.float32, torch.float64):
        model = reference_models.create(name, **options).to(kind)
        recorder = getattr(reference_models.family_of(name), "Recorder", Recorder)(model)
        for number, width, height in images:
            image = torch.from_numpy(weights.pixels(number, height, width)).permute(2, 0, 1).to(kind) / 255
            runs[kind, number] = (model([image])[0], recorder.check())
    sizes = {"minSize": options["min_size"], "maxSize": options["max_size"]} if "min_size" in options else {}
    cases = []
    for number, width, height in images:
        found, facts = runs[torch.float64, number]
        single, _ = runs[torch.float32, number]
        cases.append({**sizes, "image": number, "width": width, "height": height, **facts,
                      "torchFloat32Unmatched": unmatched(found, single) + unmatched(single, found), **result(found)})
    return cases


def raw_outputs(name, anchors, classes, one_in):
    """Raw outputs by name for all levels' anchors, the values of an anchor in a row. In runs of 27 anchors one class is likely:
    one in `one_in` of its logits is high. One box code in 256 is large."""
    first = 1 if name.startswith("ssd") else 0
    z = weights.bits("cls_logits", 0, anchors * classes)
    anchor, label = np.divmod(np.arange(anchors * classes, dtype=np.uint64), np.uint64(classes))
    likely = np.uint64(first) + weights.mix((anchor // np.uint64(27) + np.uint64(1)) * weights.GOLDEN) % np.uint64(classes - first)
    hot = (label == likely) & (z % np.uint64(one_in) == 0)
    x = weights.signed(z)
    if first:  # background likely, an object in [0, 6), all others unlikely
        logits = np.where(label == 0, x + np.float32(4), np.where(hot, x * np.float32(3) + np.float32(3), x * np.float32(2) - np.float32(4)))
    else:
        logits = np.where(hot, x * np.float32(3), x * np.float32(2) - np.float32(7))
    outputs = {"cls_logits": logits.reshape(anchors, classes)}
    z = weights.bits("bbox_regression", 0, anchors * 4)
    large = z & np.uint64(255) == 0
    if name.startswith("fcos"):  # distances in strides
        codes = weights.unit(z) * np.where(large, np.float32(12), np.float32(2)) + np.float32(1)
        outputs["bbox_ctrness"] = (weights.signed(weights.bits("bbox_ctrness", 0, anchors)) * np.float32(2)).reshape(anchors, 1)
    elif first:  # the coder divides by 10 and 5
        codes = weights.signed(z) * np.where(large, np.float32(40), np.float32(2))
    else:
        codes = weights.signed(z) * np.where(large, np.float32(6), np.float32(0.3))
    outputs["bbox_regression"] = codes.reshape(anchors, 4)
    return {key: torch.from_numpy(value.astype(np.float32)) for key, value in outputs.items()}


def from_raw_outputs(name, height, width, valid, one_in, cap, topk=None):
    """The decoding alone: a padded input of height x width whose image covers `valid`; boxes in the input's pixels."""
    model = reference_models.create(name, detections_per_img=cap, **({"topk_candidates": topk} if topk else {}))
    ssd = isinstance(model, SSD)
    maps = list(model.backbone(torch.zeros(1, 3, height, width)).values())
    counts = [m.shape[2] * m.shape[3] * n for m, n in zip(maps, model.anchor_generator.num_anchors_per_location())]
    outputs = {key: value[None] for key, value in raw_outputs(name, sum(counts), 91, one_in).items()}
    kept = []
    for kind in (torch.float32, torch.float64):
        recorder = Recorder(model)
        anchors = model.anchor_generator(ImageList(torch.zeros(1, 3, height, width), [valid]), [m.to(kind) for m in maps])[0]
        given = {key: value.to(kind) for key, value in outputs.items()}
        if not ssd:
            given, anchors = {key: value.split(counts, 1) for key, value in given.items()}, anchors.split(counts)
        kept.append(recorder(given, [anchors], [valid])[0])
        model.postprocess_detections = recorder.original
        facts = recorder.check()
        assert recorder.ties == 0, "tied scores leave the order open"
    single, double = kept  # boxes clipped to nothing have no IoU: compare coordinates
    same = torch.equal(single["labels"], double["labels"])
    assert same and torch.allclose(single["boxes"].double(), double["boxes"], 0, 1e-3), "rounding decides"
    # The order in which torch adds a softmax in float32 depends on the machine; its scores are up to 1e-6 of themselves away.
    return {"height": height, "width": width, "validHeight": valid[0], "validWidth": valid[1], "oneIn": one_in, "cap": cap,
            **({"topK": topk} if topk else {}), **facts, **result(double if ssd else single)}


def default_boxes(name, generator, height, width, maps):
    """SHA-256 of all of SSD's default boxes as little-endian float32, and the first and the last one."""
    images = ImageList(torch.zeros(1, 3, height, width), [(height, width)])
    boxes = generator(images, [torch.zeros(1, 1, h, w) for h, w in maps])[0].numpy()
    return {"spec": name, "height": height, "width": width, "maps": maps, "count": len(boxes),
            "sha256": hashlib.sha256(boxes.tobytes()).hexdigest(), "first": rounded(boxes[0]), "last": rounded(boxes[-1])}


def write(name, cases):
    text = ",\n    ".join(json.dumps(case) for case in cases)
    (FOLDER / f"{name}.json").write_text(f'{{\n  "versions": {json.dumps(VERSIONS)},\n  "cases": [\n    {text}\n  ]\n}}\n')
    for case in cases:
        print(name, {k: v for k, v in case.items() if k not in ("labels", "scores", "boxes")}, "found", len(case.get("labels", [])))


def main():
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    FOLDER.mkdir(exist_ok=True)
    with torch.no_grad():
        for name in sys.argv[1:] or ["default_boxes", *RAW, *END_TO_END]:
            if name == "default_boxes":
                write(name, [default_boxes(*case) for case in DEFAULT_BOXES])
            elif name in RAW:
                model, cases = RAW[name]
                write(name, [from_raw_outputs(model, **case) for case in cases])
            else:
                write(name, [case for run in END_TO_END[name] for case in end_to_end(name, *run)])


if __name__ == "__main__":
    main()
