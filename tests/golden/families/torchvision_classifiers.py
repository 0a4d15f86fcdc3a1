"""Classifiers that torchvision has under their names: a new one is a name in the list. Behind `@` stands the output stride of a
ResNet whose last stages are dilated."""
import torchvision

NAMES = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"] + [
    f"vgg{depth}{norm}" for depth in (11, 13, 16, 19) for norm in ("", "_bn")] + [
    "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d", "wide_resnet50_2", "wide_resnet101_2", "resnet50@8", "resnet50@16"]
CASES = [(3, 64, 64), (3, 96, 129), (1, 224, 224)]
SIZES = [(224, 224)]


def create(name):
    name, _, stride = name.partition("@")
    if stride:
        dilated = [int(stride) < reached for reached in (8, 16, 32)]
        return getattr(torchvision.models, name)(weights=None, replace_stride_with_dilation=dilated)
    return getattr(torchvision.models, name)(weights=None)


def forward(name, model, x):
    return {"logits": model(x)}
