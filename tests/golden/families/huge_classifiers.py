"""Classifiers of torchvision with more than half a billion parameters: their outputs are computed at one small size."""
from families import torchvision_classifiers

NAMES = ["regnet_y_128gf"]
CASES = [(2, 64, 64)]
SIZES = [(224, 224)]
create = torchvision_classifiers.create
forward = torchvision_classifiers.forward
