"""torchvision's RetinaNets, the first one with each of the norms that torchvision builds it with."""
import torchvision
from torchvision.models.detection import retinanet
from torchvision.models.detection._utils import overwrite_eps
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.ops.feature_pyramid_network import LastLevelP6P7
from torchvision.ops.misc import FrozenBatchNorm2d

NAMES = ["retinanet_resnet50_fpn", "retinanet_resnet50_fpn_eps1e5", "retinanet_resnet50_fpn_batchnorm", "retinanet_resnet50_fpn_v2"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 320, 416)]
SIZES = [(800, 800), (640, 640)]


def create(name, **options):
    if name == "retinanet_resnet50_fpn_v2":
        return retinanet.retinanet_resnet50_fpn_v2(weights=None, weights_backbone=None, **options)
    if name == "retinanet_resnet50_fpn_batchnorm":  # what torchvision builds without any weights
        return retinanet.retinanet_resnet50_fpn(weights=None, weights_backbone=None, **options)
    # what torchvision builds for pretrained weights
    backbone = torchvision.models.resnet50(weights=None, norm_layer=FrozenBatchNorm2d)
    backbone = _resnet_fpn_extractor(backbone, 5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
    model = retinanet.RetinaNet(backbone, 91, **options)
    if name == "retinanet_resnet50_fpn":  # and does after loading its COCO_V1 weights
        overwrite_eps(model, 0.0)
    return model


def forward(name, model, x):
    """Pyramid levels, class logits and box codes."""
    levels = list(model.backbone(x).values())
    outputs = {f"p{3 + i}": level for i, level in enumerate(levels)}
    outputs.update(model.head(levels))
    return outputs
