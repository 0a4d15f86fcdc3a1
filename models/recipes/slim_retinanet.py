"""A slim ResNet + FPN + RetinaNet with torchvision's parameter names; loss and decoding are torchvision's own."""
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.retinanet import RetinaNet
from torchvision.ops import FeaturePyramidNetwork, box_iou


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class Body(nn.Module):
    """ResNet of basic blocks, two a stage, of a base width other than 64; gives C3, C4 and C5."""

    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        inputs = width
        for stage in range(4):
            outputs = width << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(
                BasicBlock(inputs, outputs, 1 if stage == 0 else 2), BasicBlock(outputs, outputs, 1)))
            inputs = outputs
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        c3 = self.layer2(self.layer1(x))
        c4 = self.layer3(c3)
        return OrderedDict(c3=c3, c4=c4, c5=self.layer4(c4))


class Backbone(nn.Module):
    def __init__(self, width, channels):
        super().__init__()
        self.body = Body(width)
        self.fpn = FeaturePyramidNetwork([2 * width, 4 * width, 8 * width], channels)
        self.out_channels = channels

    def forward(self, x):
        return self.fpn(self.body(x))


ANCHOR_SIZES = ((16, 20, 25), (32, 40, 50), (64, 80, 101))  # on P3, P4, P5: 2 x stride x 2^(0, 1/3, 2/3), cut to whole numbers


def build(width, channels, classes=10):
    anchors = AnchorGenerator(ANCHOR_SIZES, ((0.5, 1.0, 2.0),) * 3)
    model = RetinaNet(Backbone(width, channels), classes, anchor_generator=anchors,
                      score_thresh=0.05, nms_thresh=0.5, detections_per_img=100, topk_candidates=1000)
    for tower in (model.head.classification_head.conv, model.head.regression_head.conv):
        for module in tower.modules():  # torchvision's deviation of 0.01 suits 256 channels; with few the signal would fade
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
    return model


def raw_outputs(model, images):
    """Normalized images (N, 3, 256, 256) -> features, head outputs and anchors."""
    features = list(model.backbone(images).values())
    sizes = [tuple(images.shape[-2:])] * len(images)
    return features, model.head(features), model.anchor_generator(ImageList(images, sizes), features)


def losses(model, images, targets):
    """torchvision's losses, except that an anchor on an ignored article (IoU of 0.4 and above) is no background."""
    _, outputs, anchors = raw_outputs(model, images)
    matches = []
    for boxes_of_image, target in zip(anchors, targets):
        if len(target["boxes"]):
            match = model.proposal_matcher(box_iou(target["boxes"], boxes_of_image))
        else:
            match = torch.full((len(boxes_of_image),), -1, dtype=torch.int64)
        if len(target["ignored"]):
            near = box_iou(target["ignored"], boxes_of_image).max(0).values >= 0.4
            match[near & (match == model.proposal_matcher.BELOW_LOW_THRESHOLD)] = model.proposal_matcher.BETWEEN_THRESHOLDS
        matches.append(match)
    return model.head.compute_loss(targets, outputs, anchors, matches)


@torch.no_grad()
def detect(model, images):
    features, outputs, anchors = raw_outputs(model, images)
    cells = [f.shape[2] * f.shape[3] for f in features]
    per_level = [c * model.anchor_generator.num_anchors_per_location()[0] for c in cells]
    split = {name: list(value.split(per_level, dim=1)) for name, value in outputs.items()}
    split_anchors = [list(a.split(per_level)) for a in anchors]
    return model.postprocess_detections(split, split_anchors, [tuple(images.shape[-2:])] * len(images))
