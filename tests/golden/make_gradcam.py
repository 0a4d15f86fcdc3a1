"""Writes gradcam.json: class activation maps of models with generated weights, computed with hooks and autograd in float64.

    /usr/bin/python3 make_gradcam.py

An image of parity_weights.pixels is the input, (pixel - 128) / 64. A map is relu(sum over channels of mean gradient x
activation), divided by its largest value; rows from top to bottom.
"""
import json
import pathlib

import torch
from torch.nn import functional as F

import parity_weights
import reference_models

FOLDER = pathlib.Path(__file__).parent
HEIGHT, WIDTH = 96, 160
# model, tapped feature, the module that gives it, class (None: the one with the highest logit)
CASES = [
    ("resnet18", "C5", "layer4", 2),
    ("resnet18", "C4", "layer3", None),
    ("retinanet_resnet50_fpn", "C5", "backbone.body.layer4", 17),
]


def logits_of(name, model, image):
    """One logit for each class; a detector's is its highest."""
    if not name.startswith("retinanet"):
        return model(image)[0]
    features = list(model.backbone(image).values())
    return model.head(features)["cls_logits"][0].max(0).values


def explain(name, path, chosen):
    model = reference_models.create(name).double().eval()
    kept = {}

    def keep(module, inputs, output):
        kept["map"] = output

    model.get_submodule(path).register_forward_hook(keep)
    image = torch.from_numpy(parity_weights.pixels(0, HEIGHT, WIDTH).transpose(2, 0, 1)[None].astype("float64"))
    logits = logits_of(name, model, (image - 128) / 64)
    index = int(logits.argmax()) if chosen is None else chosen
    gradient, = torch.autograd.grad(logits[index], kept["map"])
    cam = F.relu((gradient.mean((2, 3), keepdim=True) * kept["map"]).sum(1)[0])
    assert cam.max() > 0, "an empty map shows nothing"
    return (cam / cam.max()).detach()


def main():
    cases = []
    for name, feature, path, chosen in CASES:
        cam = explain(name, path, chosen)
        cases.append({"model": name, "feature": feature, "class": chosen, "width": cam.shape[1], "height": cam.shape[0],
                      "values": [round(v, 7) for v in cam.flatten().tolist()]})
    lines = ",\n".join(f"    {json.dumps(case)}" for case in cases)
    (FOLDER / "gradcam.json").write_text(
        f'{{\n  "torch": "{torch.__version__}", "height": {HEIGHT}, "width": {WIDTH},\n  "cases": [\n{lines}\n  ]\n}}\n')


if __name__ == "__main__":
    main()
