"""Necks that torchvision does not have as models, behind torchvision's ResNet-18, written down from their papers."""
import torch
import torchvision
from torch import nn
from torch.nn import functional as F

NAMES = [f"resnet18_{neck}" for neck in (
    "se", "sam", "cbam", "spp_bottleneck", "bifpn", "bifpn_add", "bifpn_concat", "fpn_concat", "global_pooling")]
CASES = [(2, 64, 64), (2, 96, 129)]
SIZES = [(224, 224)]


class ChannelGate(nn.Module):
    """Squeeze and excitation: torchvision's block, with its two layers under these names."""

    def __init__(self, channels, reduction=16):
        super().__init__()
        block = torchvision.ops.SqueezeExcitation(channels, max(1, channels // reduction))
        self.fc1, self.fc2 = block.fc1, block.fc2

    def sums(self, pooled):
        return self.fc2(F.relu(self.fc1(pooled)))

    def forward(self, x):
        return x * torch.sigmoid(self.sums(x.mean((2, 3), keepdim=True)))


class SharedGate(ChannelGate):
    """CBAM's channel attention: mean and maximum share the layers."""

    def forward(self, x):
        return x * torch.sigmoid(self.sums(x.mean((2, 3), keepdim=True)) + self.sums(x.amax((2, 3), keepdim=True)))


class PixelGate(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3, bias=False)

    def forward(self, x):
        return x * torch.sigmoid(self.conv(torch.cat([x.mean(1, keepdim=True), x.amax(1, keepdim=True)], 1)))


class Cbam(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.channel, self.spatial = SharedGate(channels), PixelGate()

    def forward(self, x):
        return self.spatial(self.channel(x))


class YoloConvolution(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=1e-3)

    def forward(self, x):
        return F.silu(self.bn(self.conv(x)))


class SppBottleneck(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = YoloConvolution(channels, channels // 2)
        self.conv2 = YoloConvolution(channels * 2, channels)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv2(torch.cat([x] + [F.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13)], 1))


class FusionNode(nn.Module):
    """Fusion, Swish, a separable convolution and its norm."""

    def __init__(self, channels, count, fusion):
        super().__init__()
        self.fusion = fusion
        if fusion == "weighted":
            self.weights = nn.Parameter(torch.ones(count))
        elif fusion == "concat":
            self.reduce = nn.Conv2d(channels * count, channels, 1)
        self.depthwise = nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False)
        self.pointwise = nn.Conv2d(channels, channels, 1)
        self.norm = nn.BatchNorm2d(channels, eps=1e-3)

    def forward(self, values):
        if self.fusion == "weighted":
            weights = F.relu(self.weights)
            x = sum(w * v for w, v in zip(weights, values)) / (weights.sum() + 1e-4)
        else:
            x = sum(values) if self.fusion == "add" else self.reduce(torch.cat(values, 1))
        return self.norm(self.pointwise(self.depthwise(F.silu(x))))


class Cell(nn.Module):
    def __init__(self, channels, count, fusion):
        super().__init__()
        self.down = nn.ModuleDict({str(i): FusionNode(channels, 2, fusion) for i in range(count - 1)})
        self.up = nn.ModuleDict({str(i): FusionNode(channels, 2 if i == count - 1 else 3, fusion) for i in range(1, count)})

    def forward(self, inputs):
        down = list(inputs)
        for i in reversed(range(len(inputs) - 1)):
            down[i] = self.down[str(i)]([inputs[i], F.interpolate(down[i + 1], size=inputs[i].shape[2:], mode="nearest")])
        outputs = [down[0]]
        for i in range(1, len(inputs)):
            halved = F.max_pool2d(outputs[-1], 3, 2, 1)
            outputs.append(self.up[str(i)]([inputs[i], halved] if i == len(inputs) - 1 else [inputs[i], down[i], halved]))
        return outputs


class Input(nn.Module):
    def __init__(self, inputs, channels):
        super().__init__()
        self.conv = nn.Conv2d(inputs, channels, 1)
        self.norm = nn.BatchNorm2d(channels, eps=1e-3)

    def forward(self, x):
        return self.norm(self.conv(x))


class BiFpn(nn.Module):
    """Levels 3 to 7 from C3, C4 and C5: P6 by a 1x1 and a pool, P7 by another pool."""

    def __init__(self, widths, channels, repeats, fusion):
        super().__init__()
        self.inputs = nn.ModuleList(Input(w, channels) for w in [*widths, widths[-1]])
        self.cells = nn.ModuleList(Cell(channels, 5, fusion) for _ in range(repeats))

    def forward(self, maps):
        values = [convert(m) for convert, m in zip(self.inputs, [*maps, maps[-1]])]
        values[3] = F.max_pool2d(values[3], 3, 2, 1)
        values.append(F.max_pool2d(values[3], 3, 2, 1))
        for cell in self.cells:
            values = cell(values)
        return values


class ConcatenatingFpn(nn.Module):
    def __init__(self, widths, channels):
        super().__init__()
        self.inner_blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(w, channels, 1)) for w in widths)
        self.top_down = nn.ModuleDict({str(i): nn.ModuleDict({"reduce": nn.Conv2d(2 * channels, channels, 1)}) for i in range(len(widths) - 1)})
        self.layer_blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1)) for _ in widths)

    def forward(self, maps):
        values = [block(m) for block, m in zip(self.inner_blocks, maps)]
        for i in reversed(range(len(values) - 1)):
            above = F.interpolate(values[i + 1], size=values[i].shape[2:], mode="nearest")
            values[i] = self.top_down[str(i)]["reduce"](torch.cat([values[i], above], 1))
        return [block(v) for block, v in zip(self.layer_blocks, values)]


def create(name):
    model = torchvision.models.resnet18(weights=None)
    del model.fc
    neck = name[len("resnet18_"):]
    widths = [64, 128, 256, 512]
    if neck == "se":
        model.se = nn.ModuleList(map(ChannelGate, widths))
    elif neck == "sam":
        model.sam = nn.ModuleList(PixelGate() for _ in widths)
    elif neck == "cbam":
        model.cbam = nn.ModuleList(map(Cbam, widths))
    elif neck == "spp_bottleneck":
        model.spp = SppBottleneck(512)
    elif neck.startswith("bifpn"):
        model.bifpn = BiFpn(widths[1:], 16, 2, {"bifpn": "weighted", "bifpn_add": "add", "bifpn_concat": "concat"}[neck])
    elif neck == "fpn_concat":
        model.fpn = ConcatenatingFpn(widths, 32)
    return model


def forward(name, model, x):
    """The neck's features by name."""
    x = model.maxpool(F.relu(model.bn1(model.conv1(x))))
    maps = []
    for layer in (model.layer1, model.layer2, model.layer3, model.layer4):
        maps.append(layer(maps[-1] if maps else x))
    neck = name[len("resnet18_"):]
    if neck == "global_pooling":
        return {"pooled": maps[-1].mean((2, 3))}
    if neck == "spp_bottleneck":
        return {"P5": model.spp(maps[-1])}
    if neck.startswith("bifpn"):
        return {f"P{3 + i}": value for i, value in enumerate(model.bifpn(maps[1:]))}
    if neck == "fpn_concat":
        return {f"P{2 + i}": value for i, value in enumerate(model.fpn(maps))}
    return {f"P{2 + i}": gate(value) for i, (gate, value) in enumerate(zip(getattr(model, neck), maps))}
