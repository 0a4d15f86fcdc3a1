"""The networks that the yardstick runs, as PyTorch modules with the state-dict keys that DeepVision's presets have too."""
import functools

import torch
from torch import nn

import peer_models

LEVELS = [f"P{level}" for level in range(3, 8)]


class RawRetinaNet(peer_models.RetinaNet):
    """The head's outputs over all levels without post-processing. Its fixed batch norms are modules that every engine can fold."""

    def __init__(self):
        super().__init__(norm=functools.partial(nn.BatchNorm2d, eps=0.0))

    def forward(self, x):
        return tuple(super().forward(x))


def create(name):
    """The network in evaluation mode, its weights as PyTorch starts them."""
    if name == "retinanet_resnet50_fpn":
        return RawRetinaNet().eval()
    import torchvision
    return getattr(torchvision.models, name)(weights=None).eval()


def load(model, path):
    """Loads weights that may lack what evaluation does not use: how many batches a batch norm has seen."""
    missing, unexpected = model.load_state_dict(torch.load(path), strict=False)
    wrong = unexpected + [key for key in missing if not key.endswith("num_batches_tracked")]
    if wrong:
        raise KeyError(f"{path} does not fit: {', '.join(wrong)}")


def output_names(name):
    """DeepVision's names of the outputs, in the order in which the module gives them."""
    if name == "retinanet_resnet50_fpn":
        return [f"{kind}.{level}" for kind in ("cls_logits", "bbox_regression") for level in LEVELS]
    return ["logits"]
