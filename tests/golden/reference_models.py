"""The models whose outputs the golden files hold, with generated weights. Nothing is downloaded."""
import numpy as np
import torch
import torchvision
from torch import nn
from torch.nn import functional as F
from torchvision.models.detection import retinanet
from torchvision.models.detection._utils import overwrite_eps
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.ops.feature_pyramid_network import LastLevelP6P7
from torchvision.ops.misc import FrozenBatchNorm2d

import parity_weights

IMAGENET = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"] + [
    f"vgg{depth}{norm}" for depth in (11, 13, 16, 19) for norm in ("", "_bn")]
CIFAR = [f"cifar_resnet{depth}" for depth in (20, 32, 44, 56, 110)]
RETINANET = ["retinanet_resnet50_fpn", "retinanet_resnet50_fpn_eps1e5", "retinanet_resnet50_fpn_batchnorm", "retinanet_resnet50_fpn_v2"]


class CifarBlock(nn.Module):
    """Two 3x3 convolutions; the shortcut without parameters (option A of the ResNet paper) drops every second pixel and
    adds empty channels on both sides, as in the public CIFAR checkpoints."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride, self.added = stride, outputs - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.added:
            x = F.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, self.added // 2, self.added // 2))
        return F.relu(y + x)


class CifarResNet(nn.Module):
    """6n + 2 layers with the key names of the public CIFAR-10 checkpoints."""

    def __init__(self, depth, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        blocks = (depth - 2) // 6
        for stage, (inputs, outputs, stride) in enumerate([(16, 16, 1), (16, 32, 2), (32, 64, 2)], 1):
            layers = [CifarBlock(inputs if i == 0 else outputs, outputs, stride if i == 0 else 1) for i in range(blocks)]
            setattr(self, f"layer{stage}", nn.Sequential(*layers))
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.linear(x.mean((2, 3)))


def create(name, **options):
    """A model in eval mode with generated weights."""
    if name.startswith("cifar_resnet"):
        model = CifarResNet(int(name[len("cifar_resnet"):]))
    elif name == "retinanet_resnet50_fpn_v2":
        model = retinanet.retinanet_resnet50_fpn_v2(weights=None, weights_backbone=None, **options)
    elif name == "retinanet_resnet50_fpn_batchnorm":  # what torchvision builds without any weights
        model = retinanet.retinanet_resnet50_fpn(weights=None, weights_backbone=None, **options)
    elif name.startswith("retinanet_resnet50_fpn"):  # what torchvision builds for pretrained weights
        backbone = torchvision.models.resnet50(weights=None, norm_layer=FrozenBatchNorm2d)
        backbone = _resnet_fpn_extractor(backbone, 5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
        model = retinanet.RetinaNet(backbone, 91, **options)
        if name == "retinanet_resnet50_fpn":  # and does after loading its COCO_V1 weights
            overwrite_eps(model, 0.0)
    else:
        model = getattr(torchvision.models, name)(weights=None)
    state = model.state_dict()
    for key, value in state.items():
        if value.dtype != torch.int64:
            state[key] = torch.from_numpy(parity_weights.values(key, tuple(value.shape), state.keys()))
    model.load_state_dict(state)
    return model.eval()


def forward(name, model, x):
    """Raw outputs by name: logits; or a detector's pyramid levels, class logits and box codes."""
    if not name.startswith("retinanet"):
        return {"logits": model(x)}
    levels = list(model.backbone(x).values())
    outputs = {f"p{3 + i}": level for i, level in enumerate(levels)}
    outputs.update(model.head(levels))
    return outputs


def multiply_adds(name, model, height, width):
    """Multiplications of convolutions and fully connected layers for one image; biases and everything else are free."""
    total = 0

    def count(layer, _, output):
        nonlocal total
        inputs = layer.in_features if isinstance(layer, nn.Linear) else int(np.prod(layer.weight.shape[1:]))
        total += output.numel() * inputs

    hooks = [m.register_forward_hook(count) for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    forward(name, model, torch.zeros(1, 3, height, width))
    for hook in hooks:
        hook.remove()
    return total
