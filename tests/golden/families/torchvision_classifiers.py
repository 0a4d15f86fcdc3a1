"""Classifiers that torchvision has under their names: a new one is a name in the list."""
import torchvision

NAMES = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"] + [
    f"vgg{depth}{norm}" for depth in (11, 13, 16, 19) for norm in ("", "_bn")]
CASES = [(3, 64, 64), (3, 96, 129), (1, 224, 224)]
SIZES = [(224, 224)]


def create(name):
    return getattr(torchvision.models, name)(weights=None)


def forward(name, model, x):
    return {"logits": model(x)}
