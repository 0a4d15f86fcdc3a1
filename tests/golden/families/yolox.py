"""YOLOX, and YOLOv3 as it stands beside it, written down from the published architecture with the key names of its checkpoints."""
import torch
from torch import nn
from torch.nn import functional as F

SIZED = {"yolox_nano": (0.33, 0.25), "yolox_tiny": (0.33, 0.375), "yolox_s": (0.33, 0.5), "yolox_m": (0.67, 0.75), "yolox_l": (1, 1),
         "yolox_x": (1.33, 1.25)}
NAMES = [*SIZED, "yolov3"]
CASES = [(2, 64, 64), (1, 96, 160)]
SIZES = [(416, 416)]
CLASSES = 80


class Unit(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1, groups=1, slope=None):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03)
        self.slope = slope

    def forward(self, x):
        x = self.bn(self.conv(x))
        return F.silu(x) if self.slope is None else F.leaky_relu(x, self.slope)


class Separable(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.dconv = Unit(inputs, inputs, 3, stride, groups=inputs)
        self.pconv = Unit(inputs, outputs, 1)

    def forward(self, x):
        return self.pconv(self.dconv(x))


def spatial(inputs, outputs, stride, depthwise, slope=None):
    return Separable(inputs, outputs, stride) if depthwise else Unit(inputs, outputs, 3, stride, slope=slope)


class Bottleneck(nn.Module):
    def __init__(self, channels, shortcut, depthwise):
        super().__init__()
        self.conv1 = Unit(channels, channels, 1)
        self.conv2 = spatial(channels, channels, 1, depthwise)
        self.shortcut = shortcut

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        return y + x if self.shortcut else y


class Partial(nn.Module):
    def __init__(self, inputs, outputs, depth, shortcut, depthwise):
        super().__init__()
        half = outputs // 2
        self.conv1, self.conv2, self.conv3 = Unit(inputs, half, 1), Unit(inputs, half, 1), Unit(2 * half, outputs, 1)
        self.m = nn.Sequential(*[Bottleneck(half, shortcut, depthwise) for _ in range(depth)])

    def forward(self, x):
        return self.conv3(torch.cat([self.m(self.conv1(x)), self.conv2(x)], 1))


class Pooling(nn.Module):
    def __init__(self, inputs, outputs, slope=None):
        super().__init__()
        self.conv1, self.conv2 = Unit(inputs, inputs // 2, 1, slope=slope), Unit(inputs * 2, outputs, 1, slope=slope)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv2(torch.cat([x] + [F.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13)], 1))


class Focus(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv = Unit(12, outputs, 3)

    def forward(self, x):
        return self.conv(torch.cat([x[..., y::2, c::2] for c in (0, 1) for y in (0, 1)], 1))


class CspDarknet(nn.Module):
    def __init__(self, depth, width, depthwise):
        super().__init__()
        base, count = int(width * 64), max(1, round(depth * 3))
        self.stem = Focus(base)
        for stage, blocks in ((2, count), (3, 3 * count), (4, 3 * count), (5, count)):
            channels = base << (stage - 1)
            layers = [spatial(channels // 2, channels, 2, depthwise)] + ([Pooling(channels, channels)] if stage == 5 else [])
            setattr(self, f"dark{stage}", nn.Sequential(*layers, Partial(channels, channels, blocks, stage < 5, depthwise)))

    def forward(self, x):
        c3 = self.dark3(self.dark2(self.stem(x)))
        c4 = self.dark4(c3)
        return c3, c4, self.dark5(c4)


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.layer1, self.layer2 = Unit(channels, channels // 2, 1, slope=0.1), Unit(channels // 2, channels, 3, slope=0.1)

    def forward(self, x):
        return x + self.layer2(self.layer1(x))


class Darknet(nn.Module):
    def __init__(self):
        super().__init__()

        def stage(inputs, blocks):
            return [Unit(inputs, 2 * inputs, 3, 2, slope=0.1)] + [Residual(2 * inputs) for _ in range(blocks)]

        self.stem = nn.Sequential(Unit(3, 32, 3, slope=0.1), *stage(32, 1))
        self.dark2, self.dark3, self.dark4 = (nn.Sequential(*stage(c, n)) for c, n in ((64, 2), (128, 8), (256, 8)))
        self.dark5 = nn.Sequential(
            *stage(512, 4), Unit(1024, 512, 1, slope=0.1), Unit(512, 1024, 3, slope=0.1), Pooling(1024, 512, slope=0.1),
            Unit(512, 1024, 3, slope=0.1), Unit(1024, 512, 1, slope=0.1))

    forward = CspDarknet.forward


def upsample(x, like):
    return F.interpolate(x, size=like.shape[2:], mode="nearest")


class PathAggregation(nn.Module):
    def __init__(self, depth, width, depthwise):
        super().__init__()
        self.backbone = CspDarknet(depth, width, depthwise)
        fine, middle, coarse = (int(width * 64) << i for i in (2, 3, 4))
        count = max(1, round(depth * 3))
        self.lateral_conv0, self.reduce_conv1 = Unit(coarse, middle, 1), Unit(middle, fine, 1)
        self.C3_p4, self.C3_p3 = Partial(2 * middle, middle, count, False, depthwise), Partial(2 * fine, fine, count, False, depthwise)
        self.bu_conv2, self.bu_conv1 = spatial(fine, fine, 2, depthwise), spatial(middle, middle, 2, depthwise)
        self.C3_n3, self.C3_n4 = Partial(2 * fine, middle, count, False, depthwise), Partial(2 * middle, coarse, count, False, depthwise)
        self.channels = fine, middle, coarse

    def forward(self, x):
        c3, c4, c5 = self.backbone(x)
        top = self.lateral_conv0(c5)
        middle = self.reduce_conv1(self.C3_p4(torch.cat([upsample(top, c4), c4], 1)))
        p3 = self.C3_p3(torch.cat([upsample(middle, c3), c3], 1))
        p4 = self.C3_n3(torch.cat([self.bu_conv2(p3), middle], 1))
        return p3, p4, self.C3_n4(torch.cat([self.bu_conv1(p4), top], 1))


class TopDown(nn.Module):
    channels = 128, 256, 512

    def __init__(self):
        super().__init__()
        self.backbone = Darknet()
        self.out1_cbl, self.out1 = Unit(512, 256, 1, slope=0.1), self.layers(512 + 256, 256)
        self.out2_cbl, self.out2 = Unit(256, 128, 1, slope=0.1), self.layers(256 + 128, 128)

    @staticmethod
    def layers(inputs, narrow):
        widths = [inputs, narrow, 2 * narrow, narrow, 2 * narrow, narrow]
        return nn.Sequential(*[Unit(a, b, 3 if i % 2 else 1, slope=0.1) for i, (a, b) in enumerate(zip(widths, widths[1:]))])

    def forward(self, x):
        c3, c4, c5 = self.backbone(x)
        p4 = self.out1(torch.cat([upsample(self.out1_cbl(c5), c4), c4], 1))
        return self.out2(torch.cat([upsample(self.out2_cbl(p4), c3), c3], 1)), p4, c5


class Predictor(nn.Module):
    def __init__(self, widths, hidden, depthwise, slope=None):
        super().__init__()

        def tower():
            return nn.Sequential(*[spatial(hidden, hidden, 1, depthwise, slope) for _ in range(2)])

        self.stems = nn.ModuleList(Unit(w, hidden, 1, slope=slope) for w in widths)
        self.cls_convs, self.reg_convs = (nn.ModuleList(tower() for _ in widths) for _ in range(2))
        self.cls_preds, self.reg_preds, self.obj_preds = (
            nn.ModuleList(nn.Conv2d(hidden, n, 1) for _ in widths) for n in (CLASSES, 4, 1))

    def forward(self, maps):
        outputs = {}
        for i, x in enumerate(maps):
            x = self.stems[i](x)
            boxes = self.reg_convs[i](x)
            outputs[f"cls_logits.P{3 + i}"] = self.cls_preds[i](self.cls_convs[i](x))
            outputs[f"bbox_regression.P{3 + i}"] = self.reg_preds[i](boxes)
            outputs[f"objectness.P{3 + i}"] = self.obj_preds[i](boxes)
        return outputs


class Yolox(nn.Module):
    def __init__(self, name):
        super().__init__()
        if name == "yolov3":
            self.backbone = TopDown()
            self.head = Predictor(self.backbone.channels, 256, False, slope=0.1)
        else:
            depth, width = SIZED[name]
            self.backbone = PathAggregation(depth, width, name == "yolox_nano")
            self.head = Predictor(self.backbone.channels, int(256 * width), name == "yolox_nano")

    def forward(self, x):
        return self.head(self.backbone(x))


def create(name):
    return Yolox(name)


def forward(name, model, x):
    return model(x)
