"""torchvision's SSD300."""
from torchvision.models import detection

from families import levels

NAMES = ["ssd300_vgg16"]
CASES = [(2, 268, 283), (1, 300, 300)]  # the last layers have no padding and need 5 x 5 pixels of P6
SIZES = [(300, 300)]


def create(name, **options):
    return detection.ssd300_vgg16(weights=None, weights_backbone=None, **options)


def forward(name, model, x):
    """The head's two outputs for each map: cls_logits.P3 (N, A * K, H, W) and so on."""
    return by_level(model, x, finest=3)


def by_level(model, x, finest):
    maps = list(model.backbone(x).values())
    anchors = model.anchor_generator.num_anchors_per_location()
    return {f"{output}.P{finest + i}": level
            for output, flat in model.head(maps).items() for i, level in enumerate(levels.split_counts(flat, maps, anchors))}
