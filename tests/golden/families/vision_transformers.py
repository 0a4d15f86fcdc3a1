"""torchvision's Vision Transformers, each for images of one size."""
import torchvision

NAMES = ["vit_b_16", "vit_b_32", "vit_l_16", "vit_l_32", "vit_h_14"]
CASES = [(2, 224, 224)]
SIZES = [(224, 224)]


def create(name):
    return getattr(torchvision.models, name)(weights=None)


def forward(name, model, x):
    return {"logits": model(x)}
