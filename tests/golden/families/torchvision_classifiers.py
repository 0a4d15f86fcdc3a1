"""Classifiers that torchvision has under their names: a new one is a name in the list. VARIANTS are built with options; what
stands behind `@` tells them apart."""
import torchvision

VARIANTS = {
    "resnet50@8": {"replace_stride_with_dilation": [False, True, True]},
    "resnet50@16": {"replace_stride_with_dilation": [False, False, True]},
    "mobilenet_v2@0.5": {"width_mult": 0.5},
    "mobilenet_v3_small@0.75": {"width_mult": 0.75},
    "mobilenet_v3_large@dilated": {"dilated": True},
    "mobilenet_v3_large@reduced": {"reduced_tail": True},
}
NAMES = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"] + [
    f"vgg{depth}{norm}" for depth in (11, 13, 16, 19) for norm in ("", "_bn")] + [
    "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d", "wide_resnet50_2", "wide_resnet101_2"] + [
    "mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large", "squeezenet1_0", "squeezenet1_1"] + [
    f"shufflenet_v2_x{width}" for width in ("0_5", "1_0", "1_5", "2_0")] + list(VARIANTS)
NAMES += [f"densenet{depth}" for depth in (121, 161, 169, 201)]
NAMES += [f"regnet_{kind}_{size}" for kind in "yx" for size in ("400mf", "800mf", "1_6gf", "3_2gf", "8gf", "16gf", "32gf")]
NAMES += [f"efficientnet_{size}" for size in ("b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "v2_s", "v2_m", "v2_l")]
NAMES += [f"convnext_{size}" for size in ("tiny", "small", "base", "large")]
CASES = [(3, 64, 64), (3, 96, 129), (1, 224, 224)]
SIZES = [(224, 224)]


def create(name):
    return getattr(torchvision.models, name.partition("@")[0])(weights=None, **VARIANTS.get(name, {}))


def forward(name, model, x):
    return {"logits": model(x)}
