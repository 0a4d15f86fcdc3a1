"""ResNet-50 and RetinaNet ResNet-50 FPN in plain PyTorch, with the official state-dict keys.

For machines that have PyTorch without torchvision. RetinaNet gives its raw outputs, level by level: class logits, then deltas.
"""
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride, norm):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, bias=False), norm(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, stride, 1, bias=False), norm(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), norm(4 * width)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != 4 * width:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, 4 * width, 1, stride, bias=False), norm(4 * width))

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet50(nn.Module):
    def __init__(self, norm=nn.BatchNorm2d, classes=1000):
        super().__init__()
        self.conv1, self.bn1, self.relu = nn.Conv2d(3, 64, 7, 2, 3, bias=False), norm(64), nn.ReLU(inplace=True)
        inputs = 64
        for stage, blocks in enumerate((3, 4, 6, 3)):
            layers = []
            for block in range(blocks):
                layers.append(Bottleneck(inputs, 64 << stage, 2 if stage and not block else 1, norm))
                inputs = 256 << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        if classes:
            self.fc = nn.Linear(inputs, classes)

    def features(self, x):
        x = F.max_pool2d(self.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        c2 = self.layer1(x)
        c3 = self.layer2(c2)
        c4 = self.layer3(c3)
        return c3, c4, self.layer4(c4)

    def forward(self, x):
        return self.fc(self.features(x)[-1].mean((2, 3)))


class FrozenBatchNorm2d(nn.Module):
    """Batch norm with fixed statistics and eps 0, as the published COCO weights have it."""

    def __init__(self, channels):
        super().__init__()
        for name, value in (("weight", 1.0), ("bias", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
            self.register_buffer(name, torch.full((channels,), value))

    def forward(self, x):
        scale = self.weight * self.running_var.rsqrt()
        return x * scale[:, None, None] + (self.bias - self.running_mean * scale)[:, None, None]


class Fpn(nn.Module):
    def __init__(self, inputs, channels):
        super().__init__()
        self.inner_blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(c, channels, 1)) for c in inputs)
        self.layer_blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1)) for _ in inputs)
        self.extra_blocks = nn.ModuleDict({"p6": nn.Conv2d(channels, channels, 3, 2, 1), "p7": nn.Conv2d(channels, channels, 3, 2, 1)})

    def forward(self, maps):
        outputs, last = [], None
        for inner, layer, x in reversed(list(zip(self.inner_blocks, self.layer_blocks, maps))):
            x = inner(x)
            last = x if last is None else x + F.interpolate(last, size=x.shape[-2:], mode="nearest")
            outputs.insert(0, layer(last))
        p6 = self.extra_blocks["p6"](outputs[-1])
        return outputs + [p6, self.extra_blocks["p7"](F.relu(p6))]


class Tower(nn.Module):
    def __init__(self, channels, name, outputs):
        super().__init__()
        self.conv = nn.Sequential(*(nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(inplace=True)) for _ in range(4)))
        self.name = name
        setattr(self, name, nn.Conv2d(channels, outputs, 3, padding=1))

    def forward(self, x):
        return getattr(self, self.name)(self.conv(x))


class RetinaNet(nn.Module):
    def __init__(self, classes=91, anchors=9, channels=256, norm=FrozenBatchNorm2d):
        super().__init__()
        body = ResNet50(norm, classes=0)
        self.backbone = nn.ModuleDict(OrderedDict(body=body, fpn=Fpn((512, 1024, 2048), channels)))
        self.head = nn.ModuleDict(OrderedDict(classification_head=Tower(channels, "cls_logits", anchors * classes),
                                              regression_head=Tower(channels, "bbox_reg", anchors * 4)))

    def forward(self, x):
        maps = self.backbone["fpn"](self.backbone["body"].features(x))
        return [self.head["classification_head"](m) for m in maps] + [self.head["regression_head"](m) for m in maps]


MODELS = {"resnet50": ResNet50, "retinanet_resnet50_fpn": RetinaNet}
