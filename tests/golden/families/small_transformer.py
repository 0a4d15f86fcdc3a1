"""A small Vision Transformer of torchvision's class, for the slow lanes and for loading older key names; and its patch tokens as a
map."""
from torch import nn
from torchvision.models.vision_transformer import VisionTransformer

NAMES = ["vit_small", "vit_small@levels"]
CASES = [(3, 96, 96)]
SIZES = [(96, 96)]


def create(name):
    model = VisionTransformer(image_size=96, patch_size=16, num_layers=4, num_heads=3, hidden_dim=192, mlp_dim=768)
    if name.endswith("@levels"):
        model.heads = nn.Identity()
    return model


def forward(name, model, x):
    if not name.endswith("@levels"):
        return {"logits": model(x)}
    tokens = []
    hook = model.encoder.register_forward_hook(lambda layer, given, output: tokens.append(output))
    model(x)
    hook.remove()
    patches = tokens[0][:, 1:].transpose(1, 2)
    return {"C4": patches.reshape(*patches.shape[:2], 6, 6)}
