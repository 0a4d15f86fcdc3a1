"""torchvision's Faster R-CNNs. Their second stage is compared on regions that a formula gives."""
import numpy as np
import torch
import torchvision
from torchvision.models.detection import faster_rcnn
from torchvision.models.detection._utils import overwrite_eps
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import _mobilenet_extractor, _resnet_fpn_extractor
from torchvision.models.detection.rpn import concat_box_prediction_layers
from torchvision.ops.boxes import clip_boxes_to_image
from torchvision.ops.misc import FrozenBatchNorm2d

import parity_weights as weights

NAMES = ["fasterrcnn_resnet50_fpn", "fasterrcnn_resnet50_fpn_v2", "fasterrcnn_mobilenet_v3_large_fpn",
         "fasterrcnn_mobilenet_v3_large_320_fpn"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 320, 416)]
SIZES = [(800, 800)]
REGIONS = 12


def create(name, **options):
    if name == "fasterrcnn_resnet50_fpn_v2":
        return faster_rcnn.fasterrcnn_resnet50_fpn_v2(weights=None, weights_backbone=None, **options)
    # what torchvision builds for its pretrained weights, and for the first does after loading them
    if "mobilenet" in name:
        backbone = torchvision.models.mobilenet_v3_large(weights=None, norm_layer=FrozenBatchNorm2d)
        anchors = AnchorGenerator(((32, 64, 128, 256, 512),) * 3, ((0.5, 1.0, 2.0),) * 3)
        small = {"min_size": 320, "max_size": 640, "rpn_pre_nms_top_n_test": 150, "rpn_post_nms_top_n_test": 150} if "320" in name else {}
        options = {"rpn_score_thresh": 0.05, **small, **options}
        return faster_rcnn.FasterRCNN(_mobilenet_extractor(backbone, True, 3), 91, rpn_anchor_generator=anchors, **options)
    backbone = torchvision.models.resnet50(weights=None, norm_layer=FrozenBatchNorm2d)
    model = faster_rcnn.FasterRCNN(_resnet_fpn_extractor(backbone, 3), 91, **options)
    overwrite_eps(model, 0.0)
    return model


def regions(image, height, width):
    """Boxes x1, y1, x2, y2 in an image of a batch; each step is rounded to float32. Some reach a pixel beyond the image."""
    z = weights.unit(weights.bits("regions", 4 * REGIONS * image, 4 * REGIONS)).reshape(REGIONS, 4)
    size = np.array([width, height], np.float32)
    first = z[:, :2] * size
    second = np.maximum(np.minimum(first + z[:, 2:] * size, size), first + np.float32(1))
    return np.concatenate([first, second], 1)


def forward(name, model, x):
    """Pyramid levels, the proposal network's outputs, and the second stage's for `regions` of each image."""
    features = model.backbone(x)
    names = ["p5", "pfinal", "p6"] if "mobilenet" in name else ["p2", "p3", "p4", "p5", "p6"]
    outputs = dict(zip(names, features.values()))
    objectness, deltas = model.rpn.head(list(features.values()))
    objectness, deltas = concat_box_prediction_layers(objectness, deltas)
    outputs["objectness"] = objectness.reshape(len(x), -1)
    outputs["anchor_deltas"] = deltas.reshape(len(x), -1, 4)
    pool = model.roi_heads.box_roi_pool
    pool.scales = pool.map_levels = None  # else those of the first size stay
    boxes = [torch.from_numpy(regions(n, *x.shape[2:])).to(x.dtype) for n in range(len(x))]
    outputs["regions"] = pool(features, boxes, [tuple(x.shape[2:])] * len(x))
    outputs["class_logits"], outputs["box_regression"] = model.roi_heads.box_predictor(model.roi_heads.box_head(outputs["regions"]))
    return outputs


def runs(model, x):
    """What one image costs: the first stage once, the second for each proposal."""
    features = model.backbone.out_channels

    def first():
        model.rpn.head(list(model.backbone(x).values()))

    def second():
        model.roi_heads.box_predictor(model.roi_heads.box_head(torch.zeros(1, features, 7, 7)))

    return [(first, 1), (second, model.rpn.post_nms_top_n())]


class Recorder:
    """Runs proposals and decoding and remembers what is needed to judge them: candidates by the level of their proposal's anchor,
    and what was kept, by that level and by the map that the proposal was cut out of."""

    def __init__(self, model):
        self.rpn, self.filter = model.rpn, model.rpn.filter_proposals
        self.heads, self.decode = model.roi_heads, model.roi_heads.postprocess_detections
        self.rpn.filter_proposals, self.heads.postprocess_detections = self.propose, self

    def propose(self, proposals, objectness, image_shapes, anchors):
        boxes, scores = self.filter(proposals, objectness, image_shapes, anchors)
        clipped = clip_boxes_to_image(proposals[0], image_shapes[0])
        level = torch.arange(len(anchors)).repeat_interleave(torch.tensor(anchors))
        self.anchor_levels = torch.stack([level[(clipped == box).all(1).nonzero()[0, 0]] for box in boxes[0]])
        return boxes, scores

    def __call__(self, class_logits, box_regression, proposals, image_shapes):
        scores = torch.softmax(class_logits, -1)[:, 1:]
        cap, self.heads.detections_per_img = self.heads.detections_per_img, 10**6
        _, (kept,), (labels,) = self.decode(class_logits, box_regression, proposals, image_shapes)
        self.heads.detections_per_img = cap

        def above(groups, count):
            return [s[s > self.heads.score_thresh] for s in (scores[groups == i] for i in range(count))]

        mapper = self.heads.box_roi_pool.map_levels
        levels = above(self.anchor_levels, len(self.rpn.anchor_generator.sizes))
        maps = above(mapper(proposals), mapper.k_max - mapper.k_min + 1)
        self.facts = {"proposals": len(proposals[0]), "candidates": [len(s) for s in levels],
                      "keptByLevel": [int(torch.isin(kept, s).sum()) for s in levels],
                      "keptByMap": [int(torch.isin(kept, s).sum()) for s in maps],
                      "keptBeforeCap": len(kept), "classes": len(labels.unique()), "suppressed": len(torch.cat(levels)) - len(kept),
                      "levelCutScores": []}
        return self.decode(class_logits, box_regression, proposals, image_shapes)

    def check(self):
        """Worth comparing: 100 detections before the cap, from 3 levels and 5 classes, 2 maps where there are more than one stride, with
        20 candidates suppressed."""
        facts = self.facts
        assert facts["keptBeforeCap"] >= 100 and facts["classes"] >= 5 and facts["suppressed"] >= 20, facts
        maps = facts["keptByMap"]
        assert sum(n > 0 for n in facts["keptByLevel"]) >= 3 and sum(n > 0 for n in maps) >= min(2, len(maps)), facts
        return facts
