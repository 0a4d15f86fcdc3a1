"""torchvision's segmentation models, with the second classifier where their published weights have one."""
from torchvision.models import segmentation

NAMES = ["fcn_resnet50", "fcn_resnet101", "deeplabv3_resnet50", "deeplabv3_resnet101", "deeplabv3_mobilenet_v3_large",
         "lraspp_mobilenet_v3_large"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 224, 224)]
SIZES = [(520, 520)]


def create(name):
    return getattr(segmentation, name)(weights=None, weights_backbone=None, aux_loss=not name.startswith("lraspp"))


def forward(name, model, x):
    return dict(model(x))
