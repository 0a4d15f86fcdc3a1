"""torchvision's segmentation models, with the second classifier that their published weights have."""
from torchvision.models import segmentation

NAMES = ["fcn_resnet50", "fcn_resnet101", "deeplabv3_resnet50", "deeplabv3_resnet101"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 224, 224)]
SIZES = [(520, 520)]


def create(name):
    return getattr(segmentation, name)(weights=None, weights_backbone=None, aux_loss=True)


def forward(name, model, x):
    return dict(model(x))
