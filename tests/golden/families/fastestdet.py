"""FastestDet with the key names of its published checkpoint."""
import torch
from torch import nn
from torch.nn import functional as F

from families import backbones

NAMES = ["fastestdet"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 352, 352)]
SIZES = [(352, 352)]
CLASSES = 80


class Pointwise(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1x1 = nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())

    def forward(self, x):
        return self.conv1x1(x)


def depthwise(channels, count=1):
    layers = []
    for _ in range(count):
        layers += [nn.Conv2d(channels, channels, 5, padding=2, groups=channels, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]
    return nn.Sequential(*layers)


class Pooling(nn.Module):
    """One, two and three depthwise convolutions side by side in place of pooling windows, with a shortcut."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.Conv1x1 = Pointwise(inputs, outputs)
        self.S1, self.S2, self.S3 = (depthwise(outputs, count) for count in (1, 2, 3))
        self.output = nn.Sequential(nn.Conv2d(3 * outputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        x = self.Conv1x1(x)
        return F.relu(x + self.output(torch.cat([self.S1(x), self.S2(x), self.S3(x)], 1)))


class Branch(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv5x5 = nn.Sequential(*depthwise(inputs), nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return self.conv5x5(x)


class Predictor(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1x1 = Pointwise(channels, channels)
        self.obj_layers, self.reg_layers, self.cls_layers = (Branch(channels, n) for n in (1, 4, CLASSES))

    def forward(self, x):
        x = self.conv1x1(x)
        return {"objectness": self.obj_layers(x), "bbox_regression": self.reg_layers(x), "cls_logits": self.cls_layers(x)}


class FastestDet(nn.Module):
    """C3 pooled, C4 and C5 enlarged are joined at C4's size."""

    def __init__(self):
        super().__init__()
        self.backbone = backbones.FastestDetShuffleNet()
        self.SPP = Pooling(48 + 96 + 192, 96)
        self.detect_head = Predictor(96)

    def forward(self, x):
        maps = self.backbone(x)
        fine = F.avg_pool2d(maps["C3"], 3, 2, 1)
        coarse = F.interpolate(maps["C5"], size=maps["C4"].shape[2:], mode="nearest")
        return self.detect_head(self.SPP(torch.cat([fine, maps["C4"], coarse], 1)))


def create(name):
    return FastestDet()


def forward(name, model, x):
    """Logits of objectness, box numbers and class logits of the one level, named P4."""
    return {f"{output}.P4": value for output, value in model(x).items()}
