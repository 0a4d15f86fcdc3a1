"""Feature maps of torchvision's classifiers, without the layers that only the classifier needs. DenseNet's are those behind the norm
and the ReLU that follow a block: in its transitions, and at its end."""
import torchvision
from torch import nn
from torch.nn import functional as F

# The number of the last layer of each level, in the sequence of all features.
LAYERS = {
    "efficientnet_b0": {2: "C2", 3: "C3", 5: "C4", 7: "C5"},
    "efficientnet_v2_s": {2: "C2", 3: "C3", 5: "C4", 6: "C5"},
    "convnext_tiny": {1: "C2", 3: "C3", 5: "C4", 7: "C5"},
}
NAMES = [f"{name}@levels" for name in ("densenet121", "regnet_y_400mf", *LAYERS)]
CASES = [(2, 64, 64), (1, 96, 129)]
SIZES = [(224, 224)]


def create(name):
    name = name.partition("@")[0]
    model = getattr(torchvision.models, name)(weights=None)
    if name in LAYERS:
        model.features = model.features[:1 + max(LAYERS[name])]
    setattr(model, "fc" if hasattr(model, "fc") else "classifier", nn.Identity())
    return model


def forward(name, model, x):
    name = name.partition("@")[0]
    if name == "regnet_y_400mf":
        levels, x = {}, model.stem(x)
        for level, stage in enumerate(model.trunk_output, 2):
            x = levels[f"C{level}"] = stage(x)
        return levels
    if name == "densenet121":
        levels = {}
        for key, layer in model.features.named_children():
            if key.startswith("transition"):
                levels[f"C{1 + int(key[-1])}"] = F.relu(layer.norm(x))
            x = layer(x)
        return {**levels, "C5": F.relu(x)}
    levels = {}
    for number, layer in enumerate(model.features):
        x = layer(x)
        if number in LAYERS[name]:
            levels[LAYERS[name][number]] = x
    return levels
