"""The models whose outputs the golden files hold, with generated weights. Nothing is downloaded."""
import numpy as np
import torch
from torch import nn

import parity_weights
from families import backbones, cifar, classifier_levels, faster_rcnn, fastestdet, fcos, huge_classifiers, necks, retinaface, retinanet, segmentation, \
    small_transformer, ssd, ssdlite, torchvision_classifiers, vision_transformers, yolox

FAMILIES = [torchvision_classifiers, huge_classifiers, vision_transformers, small_transformer, backbones, classifier_levels, cifar,
            retinanet, fcos, ssd, ssdlite, retinaface, fastestdet, yolox, faster_rcnn, segmentation, necks]
NAMES = [name for family in FAMILIES for name in family.NAMES]


def family_of(name):
    return next(family for family in FAMILIES if name in family.NAMES)


def create(name, **options):
    """A model in eval mode with generated weights."""
    model = family_of(name).create(name, **options)
    state = model.state_dict()
    for key, value in state.items():
        if value.dtype != torch.int64:
            state[key] = torch.from_numpy(parity_weights.values(key, tuple(value.shape), state.keys()))
    model.load_state_dict(state)
    return model.eval()


def forward(name, model, x):
    """Raw outputs by name."""
    return family_of(name).forward(name, model, x)


def multiply_adds(name, model, height, width):
    """Multiplications of convolutions, fully connected layers and attention for one image; biases and everything else are
    free. A family whose `forward` is not what one image costs says in `runs` what to run, and how often it counts."""
    total = 0

    def count(layer, given, output):
        nonlocal total
        if isinstance(layer, nn.MultiheadAttention):
            _, tokens, channels = output[0].shape
            total += 4 * tokens * channels * channels + 2 * tokens * tokens * channels
            return
        inputs = layer.in_features if isinstance(layer, nn.Linear) else int(np.prod(layer.weight.shape[1:]))
        total += output.numel() * inputs

    # The projection out of an attention is a layer of its own that its module does not call.
    hooks = [m.register_forward_hook(count) for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear, nn.MultiheadAttention))]
    x = torch.zeros(1, 3, height, width)
    family = family_of(name)
    for run, times in family.runs(model, x) if hasattr(family, "runs") else [(lambda: forward(name, model, x), 1)]:
        before = total
        run()
        total = before + times * (total - before)
    for hook in hooks:
        hook.remove()
    return total
