"""The light RetinaFace, ReLUs throughout, with the key names of its PyTorch reimplementation."""
import torch
from torch import nn
from torch.nn import functional as F

from families import backbones

NAMES = ["retinaface_mobilenet_0.25"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 320, 416)]
SIZES = [(640, 640)]
ANCHORS = 2


def unit(inputs, outputs, kernel, activation=True):
    layers = [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, nn.ReLU()) if activation else nn.Sequential(*layers)


class Pyramid(nn.Module):
    """What comes down is added and merged before it is passed on."""

    def __init__(self, widths, channels):
        super().__init__()
        for i, width in enumerate(widths, 1):
            setattr(self, f"output{i}", unit(width, channels, 1))
        self.merge1 = unit(channels, channels, 3)
        self.merge2 = unit(channels, channels, 3)

    def forward(self, c3, c4, c5):
        p5 = self.output3(c5)
        p4 = self.output2(c4)
        p4 = self.merge2(p4 + F.interpolate(p5, size=p4.shape[2:], mode="nearest"))
        p3 = self.output1(c3)
        p3 = self.merge1(p3 + F.interpolate(p4, size=p3.shape[2:], mode="nearest"))
        return p3, p4, p5


class Context(nn.Module):
    """SSH's module: one, two and three 3x3 convolutions; the first of the second branch is the first of the third as well."""

    def __init__(self, channels):
        super().__init__()
        self.conv3X3 = unit(channels, channels // 2, 3, False)
        self.conv5X5_1 = unit(channels, channels // 4, 3)
        self.conv5X5_2 = unit(channels // 4, channels // 4, 3, False)
        self.conv7X7_2 = unit(channels // 4, channels // 4, 3)
        self.conv7x7_3 = unit(channels // 4, channels // 4, 3, False)

    def forward(self, x):
        first = self.conv5X5_1(x)
        return F.relu(torch.cat([self.conv3X3(x), self.conv5X5_2(first), self.conv7x7_3(self.conv7X7_2(first))], 1))


class Predictor(nn.Module):
    def __init__(self, channels, outputs):
        super().__init__()
        self.conv1x1 = nn.Conv2d(channels, outputs, 1)

    def forward(self, x):
        return self.conv1x1(x)


class RetinaFace(nn.Module):
    def __init__(self, channels=64):
        super().__init__()
        self.body = backbones.MobileNetV1(slope=0)
        self.fpn = Pyramid([64, 128, 256], channels)
        self.ssh1, self.ssh2, self.ssh3 = (Context(channels) for _ in range(3))
        for name, values in (("ClassHead", 2), ("BboxHead", 4), ("LandmarkHead", 10)):
            setattr(self, name, nn.ModuleList(Predictor(channels, ANCHORS * values) for _ in range(3)))

    def forward(self, x):
        maps = self.body(x)
        levels = self.fpn(maps["C3"], maps["C4"], maps["C5"])
        levels = [module(level) for module, level in zip((self.ssh1, self.ssh2, self.ssh3), levels)]
        return {f"{output}.P{3 + i}": head[i](level)
                for output, head in (("class_logits", self.ClassHead), ("bbox_regression", self.BboxHead),
                                     ("landmark_regression", self.LandmarkHead))
                for i, level in enumerate(levels)}


def create(name):
    return RetinaFace()


def forward(name, model, x):
    return model(x)
