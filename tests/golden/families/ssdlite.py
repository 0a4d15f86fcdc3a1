"""torchvision's SSDLite, with the reduced tail that it has for its published weights."""
from torchvision.models import detection

from families import ssd

NAMES = ["ssdlite320_mobilenet_v3_large"]
CASES = [(3, 96, 129), (1, 320, 320)]
SIZES = [(320, 320)]


def create(name, **options):
    return detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None, **options)


def forward(name, model, x):
    """The head's two outputs for each map: cls_logits.P4 (N, A * K, H, W) and so on."""
    return ssd.by_level(model, x, finest=4)
