"""Backbones by their feature maps: torchvision's MobileNetV3 where its detectors and segmenters tap it, and two networks that
torchvision lacks, with the names of published checkpoints: RetinaFace's MobileNetV1 and FastestDet's ShuffleNetV2."""
import torch
import torchvision
from torch import nn
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.detection.ssdlite import SSDLiteFeatureExtractorMobileNet

NAMES = ["mobilenet_v3_large@strided", "mobilenet_v3_large@expansion", "mobilenet_v1@0.25", "shufflenet_v2@fastestdet"]
CASES = [(2, 64, 64), (1, 96, 129)]
SIZES = [(224, 224)]


def separable(inputs, outputs, stride, slope):
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False), nn.BatchNorm2d(inputs), nn.LeakyReLU(slope),
        nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(slope))


class MobileNetV1(nn.Module):
    """At a quarter of the width. A slope of zero is a ReLU."""

    def __init__(self, slope=0.1):
        super().__init__()
        stem = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.LeakyReLU(slope))
        self.stage1 = nn.Sequential(
            stem, *[separable(*shape, slope) for shape in ((8, 16, 1), (16, 32, 2), (32, 32, 1), (32, 64, 2), (64, 64, 1))])
        self.stage2 = nn.Sequential(separable(64, 128, 2, slope), *[separable(128, 128, 1, slope) for _ in range(5)])
        self.stage3 = nn.Sequential(separable(128, 256, 2, slope), separable(256, 256, 1, slope))

    def forward(self, x):
        c2 = self.stage1[:4](x)
        c3 = self.stage1[4:](c2)
        c4 = self.stage2(c3)
        return {"C2": c2, "C3": c3, "C4": c4, "C5": self.stage3(c4)}


class ShuffleUnit(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        half = outputs // 2
        given = inputs if stride == 2 else half
        self.branch_main = nn.Sequential(
            nn.Conv2d(given, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU(),
            nn.Conv2d(half, half, 3, stride, 1, groups=half, bias=False), nn.BatchNorm2d(half),
            nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU())
        if stride == 2:
            self.branch_proj = nn.Sequential(
                nn.Conv2d(inputs, inputs, 3, 2, 1, groups=inputs, bias=False), nn.BatchNorm2d(inputs),
                nn.Conv2d(inputs, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU())
        self.stride = stride

    def forward(self, x):
        if self.stride == 2:
            return torch.cat([self.branch_proj(x), self.branch_main(x)], 1)
        return torch.cat([x[:, 0::2], self.branch_main(x[:, 1::2])], 1)


class FastestDetShuffleNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first_conv = nn.Sequential(nn.Conv2d(3, 24, 3, 2, 1, bias=False), nn.BatchNorm2d(24), nn.ReLU())
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = 24
        for stage, (units, outputs) in enumerate([(4, 48), (8, 96), (4, 192)], 2):
            setattr(self, f"stage{stage}", nn.Sequential(
                *[ShuffleUnit(inputs if i == 0 else outputs, outputs, 2 if i == 0 else 1) for i in range(units)]))
            inputs = outputs

    def forward(self, x):
        c2 = self.maxpool(self.first_conv(x))
        c3 = self.stage2(c2)
        c4 = self.stage3(c3)
        return {"C2": c2, "C3": c3, "C4": c4, "C5": self.stage4(c4)}


class TappedMobileNetV3(nn.Module):
    """The levels that torchvision's detectors and segmenters take by IntermediateLayerGetter."""

    def __init__(self):
        super().__init__()
        features = torchvision.models.mobilenet_v3_large(weights=None).features
        self.features = IntermediateLayerGetter(features, {"0": "C1", "2": "C2", "4": "C3", "7": "C4", "13": "C5", "16": "final"})

    def forward(self, x):
        return self.features(x)


class SplitMobileNetV3(nn.Module):
    """SSDLite's, without its extra maps."""

    def __init__(self):
        super().__init__()
        features = torchvision.models.mobilenet_v3_large(weights=None, reduced_tail=True).features
        self.features = SSDLiteFeatureExtractorMobileNet(features, 13, nn.BatchNorm2d).features

    def forward(self, x):
        expansion = self.features[0](x)
        return {"C4": expansion, "C5": self.features[1](expansion)}


CLASSES = dict(zip(NAMES, (TappedMobileNetV3, SplitMobileNetV3, MobileNetV1, FastestDetShuffleNet)))


def create(name):
    return CLASSES[name]()


def forward(name, model, x):
    return model(x)
