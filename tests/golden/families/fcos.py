"""torchvision's FCOS with frozen batch norm, as it is built for pretrained weights."""
import torchvision
from torchvision.models.detection import fcos
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.ops.feature_pyramid_network import LastLevelP6P7
from torchvision.ops.misc import FrozenBatchNorm2d

from families import levels

NAMES = ["fcos_resnet50_fpn"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 320, 416)]
SIZES = [(800, 800), (640, 640)]


def create(name, **options):
    backbone = torchvision.models.resnet50(weights=None, norm_layer=FrozenBatchNorm2d)
    backbone = _resnet_fpn_extractor(backbone, 5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
    return fcos.FCOS(backbone, 91, **options)


def forward(name, model, x):
    """The head's three outputs on each level: cls_logits.P3 (N, K, H, W) and so on."""
    maps = list(model.backbone(x).values())
    return {f"{output}.P{3 + i}": level
            for output, flat in model.head(maps).items() for i, level in enumerate(levels.split(flat, maps))}
