"""Writes detections/NAME.json: what torchvision's RetinaNet detects, end to end and from given raw outputs.

    /usr/bin/python3 make_detections.py

Weights, images and raw outputs come from formulas (parity_weights.py; raw_outputs below), so there is no seed. End to end
runs in float64 from float32 weights and 8-bit images; that torch's own float32 run gives the same detections is measured
and written down. The cases are asserted to be worth comparing: see `check`.
"""
import json
import pathlib
import warnings

import numpy as np
import torch
import torchvision
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import box_iou

import parity_weights as weights
import reference_models

FOLDER = pathlib.Path(__file__).parent / "detections"
VERSIONS = {"torch": torch.__version__, "torchvision": torchvision.__version__, "numpy": np.__version__}
# Model, min_size, max_size, images as (number, width, height): enlarged, limited by max_size, nearly unchanged.
SMALL = (256, 400, [(0, 160, 120), (1, 333, 250), (2, 640, 240)])
END_TO_END = {
    "retinanet_resnet50_fpn": [SMALL, (800, 1333, [(3, 1200, 900)])],
    "retinanet_resnet50_fpn_v2": [SMALL],
}


class Recorder:
    """Runs a RetinaNet's decoding and remembers what is needed to judge it: candidates of each level, and the scores at
    which each level's list was cut."""

    def __init__(self, model):
        self.model, self.original = model, model.postprocess_detections
        model.postprocess_detections = self

    def __call__(self, outputs, anchors, image_shapes):
        scores = [torch.sigmoid(level[0]).flatten() for level in outputs["cls_logits"]]
        above = [s[s > self.model.score_thresh].sort(descending=True).values for s in scores]
        limit = self.model.topk_candidates
        self.candidates = [min(len(s), limit) for s in above]
        self.cut_scores = [s[limit].item() for s in above if len(s) > limit]
        kept = [s[:limit] for s in above]
        cap, self.model.detections_per_img = self.model.detections_per_img, 10**6
        everything = self.original(outputs, anchors, image_shapes)[0]
        self.model.detections_per_img = cap
        self.kept = len(everything["scores"])
        self.classes = len(everything["labels"].unique())
        self.levels = [int(torch.isin(everything["scores"], level).sum()) for level in kept]
        tied = torch.cat(kept)
        self.ties = len(tied) - len(tied.unique())
        return self.original(outputs, anchors, image_shapes)

    def check(self):
        """Worth comparing: 100 detections before the cap, from 3 levels and 5 classes, with 20 candidates suppressed."""
        assert self.kept >= 100 and self.classes >= 5, (self.kept, self.classes)
        assert sum(n > 0 for n in self.levels) >= 3, self.levels
        assert sum(self.candidates) - self.kept >= 20, (self.candidates, self.kept)
        return {"candidates": self.candidates, "keptByLevel": self.levels, "keptBeforeCap": self.kept, "classes": self.classes,
                "suppressed": sum(self.candidates) - self.kept, "levelCutScores": rounded(self.cut_scores)}


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


def end_to_end(name, min_size, max_size, images):
    runs = {}
    for kind in (torch.float32, torch.float64):
        model = reference_models.create(name, min_size=min_size, max_size=max_size).to(kind)
        recorder = Recorder(model)
        for number, width, height in images:
            image = torch.from_numpy(weights.pixels(number, height, width)).permute(2, 0, 1).to(kind) / 255
            runs[kind, number] = (model([image])[0], recorder.check())
    cases = []
    for number, width, height in images:
        found, facts = runs[torch.float64, number]
        single, _ = runs[torch.float32, number]
        cases.append({"minSize": min_size, "maxSize": max_size, "image": number, "width": width, "height": height, **facts,
                      "torchFloat32Unmatched": unmatched(found, single) + unmatched(single, found), **result(found)})
    return cases


def raw_outputs(levels, one_in, classes):
    """Class logits (A, K) and box codes (A, 4) for all levels' anchors. In runs of 27 anchors one class is likely: one in
    `one_in` of its logits lies in [-3, 3), all others in [-9, -5). One box code in 256 is large enough to be clamped."""
    anchors = sum(h * w * 9 for h, w in levels)
    z = weights.bits("cls_logits", 0, anchors * classes)
    anchor, label = np.divmod(np.arange(anchors * classes, dtype=np.uint64), np.uint64(classes))
    likely = weights.mix((anchor // np.uint64(27) + np.uint64(1)) * weights.GOLDEN) % np.uint64(classes)
    hot = (label == likely) & (z % np.uint64(one_in) == 0)
    logits = np.where(hot, weights.signed(z) * np.float32(3), weights.signed(z) * np.float32(2) - np.float32(7))
    z = weights.bits("bbox_regression", 0, anchors * 4)
    codes = weights.signed(z) * np.where(z & np.uint64(255) == 0, np.float32(6), np.float32(0.3))
    return logits.astype(np.float32).reshape(anchors, classes), codes.astype(np.float32).reshape(anchors, 4)


def from_raw_outputs(height, width, valid, one_in, cap):
    """The decoding alone: a padded input of height x width whose image covers `valid`; boxes in the input's pixels."""
    model = reference_models.create("retinanet_resnet50_fpn", detections_per_img=cap)
    levels = [(-(-height // s), -(-width // s)) for s in (8, 16, 32, 64, 128)]
    logits, codes = raw_outputs(levels, one_in, 91)
    kept = []
    for kind in (torch.float32, torch.float64):
        recorder = Recorder(model)
        maps = [torch.zeros(1, 1, h, w, dtype=kind) for h, w in levels]
        anchors = model.anchor_generator(ImageList(torch.zeros(1, 3, height, width), [valid]), maps)[0]
        counts = [h * w * 9 for h, w in levels]
        outputs = {"cls_logits": torch.from_numpy(logits)[None].to(kind).split(counts, 1),
                   "bbox_regression": torch.from_numpy(codes)[None].to(kind).split(counts, 1)}
        kept.append(recorder(outputs, [anchors.split(counts)], [valid])[0])
        model.postprocess_detections = recorder.original
        facts = recorder.check()
        assert recorder.ties == 0, "tied scores leave the order open"
    single, double = kept  # boxes clipped to nothing have no IoU: compare coordinates
    same = torch.equal(single["labels"], double["labels"])
    assert same and torch.allclose(single["boxes"].double(), double["boxes"], 0, 1e-3), "rounding decides"
    return {"height": height, "width": width, "validHeight": valid[0], "validWidth": valid[1], "oneIn": one_in, "cap": cap,
            **facts, **result(kept[0])}


def write(name, cases):
    text = ",\n    ".join(json.dumps(case) for case in cases)
    (FOLDER / f"{name}.json").write_text(f'{{\n  "versions": {json.dumps(VERSIONS)},\n  "cases": [\n    {text}\n  ]\n}}\n')
    for case in cases:
        print(name, {k: v for k, v in case.items() if k not in ("labels", "scores", "boxes")}, "found", len(case["labels"]))


def main():
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    FOLDER.mkdir(exist_ok=True)
    with torch.no_grad():
        # 192 x 256 has a 2 x 2 last level, whose anchors are 96 rows apart: torchvision's stride is size // cells.
        write("raw_outputs", [from_raw_outputs(192, 256, (180, 250), 4, 300), from_raw_outputs(192, 256, (192, 199), 16, 100)])
        for name, runs in END_TO_END.items():
            write(name, [case for run in runs for case in end_to_end(name, *run)])


if __name__ == "__main__":
    main()
