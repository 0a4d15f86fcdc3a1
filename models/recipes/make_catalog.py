"""Writes ../catalog/torchvision.json: what torchvision 0.14 says of its published weights. Nothing is downloaded.

    /usr/bin/python3 make_catalog.py

The kind and epsilon of a model's batch norm are read off the model that torchvision builds; for its detectors they are what its
code sets when it loads the weights, which FROZEN lists.
"""
import inspect
import json
import pathlib
import re
import warnings

import torch
import torchvision
from torchvision.models import _api, detection, segmentation

# Models of families that DeepVision does not have.
LEFT_OUT = re.compile("alexnet|googlenet|inception|mnasnet|swin|maxvit|keypointrcnn|maskrcnn")
# Sizes of images that only other positions than the model's fit: those of Vision Transformers' weights for larger ones.
OTHER_SIZES = [(384, 384), (512, 512), (518, 518)]
# Detectors whose backbones' norms torchvision freezes for pretrained weights, with epsilon; those not listed have trainable ones.
FROZEN = {"fasterrcnn_resnet50_fpn": 0.0, "retinanet_resnet50_fpn": 0.0, "fcos_resnet50_fpn": 1e-5,
          "fasterrcnn_mobilenet_v3_large_fpn": 1e-5, "fasterrcnn_mobilenet_v3_large_320_fpn": 1e-5}
METRICS = {"acc@1": "top-1", "acc@5": "top-5", "box_map": "box AP", "miou": "mean IoU", "pixel_acc": "pixel accuracy"}
TARGET = pathlib.Path(__file__).parent.parent / "catalog" / "torchvision.json"


def weight_enums():
    for module in (torchvision.models, detection, segmentation):
        for name, item in vars(module).items():
            if inspect.isclass(item) and issubclass(item, _api.WeightsEnum) and item is not _api.WeightsEnum:
                yield name[:-len("_Weights")].lower(), module, item


def batch_norm(name, module):
    if name in FROZEN:
        return {"kind": "frozen", "epsilon": FROZEN[name]}
    options = {} if module is torchvision.models else {"weights_backbone": None}
    model = getattr(module, name)(weights=None, **options)
    norm = next((layer for layer in model.modules() if isinstance(layer, torch.nn.BatchNorm2d)), None)
    return None if norm is None else {"kind": "trainable", "epsilon": norm.eps}


def preprocessing(transforms):
    call = transforms() if not hasattr(transforms, "keywords") else transforms.func(**transforms.keywords)
    values = {"kind": {"ImageClassification": "classification", "ObjectDetection": "detection",
                       "SemanticSegmentation": "segmentation"}[type(call).__name__]}
    for key in ("resize_size", "crop_size"):
        if hasattr(call, key):
            values[key.removesuffix("_size")] = getattr(call, key)[0]
    if hasattr(call, "interpolation"):
        values["interpolation"] = call.interpolation.value
    for key in ("mean", "std"):
        if hasattr(call, key):
            values[key] = list(getattr(call, key))
    return values


def main():
    warnings.filterwarnings("ignore")
    entries = []
    for name, module, enum in weight_enums():
        if LEFT_OUT.search(name):
            continue
        norm = batch_norm(name, module)
        fitting = [weights for weights in enum if weights.meta["categories"] and weights.meta["min_size"] not in OTHER_SIZES]
        default = enum.DEFAULT if enum.DEFAULT in fitting else fitting[0]
        for weights in fitting:
            [(data, figures)] = weights.meta["_metrics"].items()
            file = weights.url.rsplit("/", 1)[1]
            entry = {"model": name, "name": weights.name, "default": weights is default, "url": weights.url,
                     "sha256Prefix": re.search(r"-([0-9a-f]{8,})\.pth$", file).group(1), "classes": len(weights.meta["categories"]),
                     "parameters": weights.meta["num_params"], "data": data,
                     "figures": {METRICS[key]: value for key, value in figures.items()},
                     "preprocessing": preprocessing(weights.transforms)}
            if norm:
                entry["batchNorm"] = norm
            if "license" in weights.meta:
                entry["license"] = weights.meta["license"]
            entries.append(entry)
    lines = ",\n".join("  " + json.dumps(entry) for entry in entries)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(f'{{\n "source": "torchvision {torchvision.__version__}",\n "weights": [\n{lines}\n ]\n}}\n')
    print(len(entries), "weights of", len({entry["model"] for entry in entries}), "models")


if __name__ == "__main__":
    main()
