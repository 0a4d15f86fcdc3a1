"""Writes the golden files of this folder: generator.json, keys/NAME.txt, and outputs/NAME.json + NAME.f32 for each model.

    /usr/bin/python3 make_goldens.py [NAME ...]          (everything without arguments; "generator" for generator.json)

There is no seed: weights and images come from parity_weights.py. Outputs are computed in float64 from the float32 weights
and images, then rounded to float32; torch's own float32 result is compared with them and its error written down.
"""
import hashlib
import json
import pathlib
import sys
import warnings

import numpy as np
import torch
import torchvision

import parity_weights
import reference_models

FOLDER = pathlib.Path(__file__).parent
VERSIONS = {"torch": torch.__version__, "torchvision": torchvision.__version__, "numpy": np.__version__}

# Of a detector's output every n-th value is kept, so that at most this many remain. The strides are primes that divide
# no number of channels, classes or anchors, so all of them are met.
MOST_VALUES = 4000
STRIDES = [1, 5, 11, 23, 47, 97, 197, 397, 797, 1597]


# Outputs that hardly depend on the image prove little: somewhere another image must differ from the first by this share of the
# largest value. Where a batch holds more images it is less: what some detectors give at their last level is mostly a bias.
LEAST_DIFFERENCE, LEAST_DIFFERENCE_OF_MORE = 0.02, 0.005


# One tensor for each branch of the generator's formulas.
GENERATED = {
    "resnet50": ["conv1.weight", "bn1.weight", "bn1.running_var", "layer1.0.bn3.weight", "layer4.2.bn2.weight", "fc.weight", "fc.bias"],
    "cifar_resnet20": ["layer1.0.bn2.weight", "layer2.1.bn1.weight", "layer3.2.bn2.running_mean", "linear.weight"],
    "mobilenet_v3_small": ["features.0.1.weight", "features.1.block.2.1.weight"],
    "vgg11_bn": ["features.1.weight", "classifier.6.bias"],
    "efficientnet_b0": ["features.1.0.block.2.1.weight", "features.2.1.block.3.1.weight", "features.2.0.block.0.1.weight"],
    "mobilenet_v3_large@expansion": ["features.1.1.block.3.1.weight", "features.0.4.block.3.1.weight", "features.1.0.3.1.weight"],
    "resnet18_bifpn": ["bifpn.cells.0.up.1.weights", "bifpn.cells.1.down.0.norm.weight", "bifpn.inputs.0.norm.weight"],
    "yolox_s": ["backbone.backbone.dark2.1.m.0.conv2.bn.weight", "backbone.backbone.dark5.2.m.0.conv2.bn.weight", "head.stems.0.bn.weight"],
    "yolox_nano": ["backbone.backbone.dark3.1.m.0.conv2.dconv.bn.weight", "backbone.backbone.dark3.1.m.0.conv2.pconv.bn.weight",
                   "backbone.C3_p4.m.0.conv2.pconv.bn.weight"],
    "convnext_tiny": ["features.1.0.layer_scale"],
    "vit_small": ["encoder.layers.encoder_layer_0.self_attention.in_proj_weight"],
    "retinanet_resnet50_fpn": ["backbone.fpn.layer_blocks.0.0.weight", "backbone.fpn.extra_blocks.p6.bias",
                               "head.classification_head.cls_logits.weight", "head.classification_head.cls_logits.bias",
                               "head.regression_head.bbox_reg.weight"],
    "retinanet_resnet50_fpn_v2": ["head.classification_head.conv.0.1.weight", "head.classification_head.cls_logits.weight",
                                  "backbone.fpn.extra_blocks.p7.weight"],
    "fcos_resnet50_fpn": ["head.classification_head.conv.1.weight", "head.classification_head.cls_logits.weight",
                          "head.regression_head.bbox_reg.weight", "head.regression_head.bbox_reg.bias",
                          "head.regression_head.bbox_ctrness.weight"],
    "ssd300_vgg16": ["backbone.scale_weight", "backbone.features.0.weight", "backbone.features.2.weight",
                     "head.classification_head.module_list.5.weight", "head.classification_head.module_list.5.bias",
                     "head.regression_head.module_list.5.weight"],
    "ssdlite320_mobilenet_v3_large": ["backbone.features.1.0.3.1.weight", "backbone.extra.2.1.1.weight",
                                      "head.classification_head.module_list.5.0.0.weight", "head.classification_head.module_list.5.1.weight",
                                      "head.regression_head.module_list.5.1.weight", "head.regression_head.module_list.5.1.bias"],
    "fasterrcnn_mobilenet_v3_large_fpn": ["backbone.body.13.block.2.fc1.weight", "backbone.body.16.0.weight", "rpn.head.cls_logits.weight",
                                          "rpn.head.cls_logits.bias", "rpn.head.bbox_pred.weight"],
}
PIXELS = [(0, 200, 150), (2, 33, 129)]
BATCHES = [(2, 65, 70)]


def digest(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def write_generator():
    """SHA-256 of generated tensors' little-endian bytes, and the first values as float32 bits."""
    document = {"weights": [], "images": [], "batches": []}
    for name, chosen in GENERATED.items():
        state = reference_models.create(name).state_dict()
        for key in chosen:
            value = state[key].numpy()
            document["weights"].append({
                "model": name, "key": key, "shape": list(value.shape), "sha256": digest(value),
                "first": [f"{bits:08x}" for bits in value.reshape(-1)[:3].view(np.uint32)],
            })
    for image, height, width in PIXELS:
        document["images"].append({"image": image, "height": height, "width": width,
                                   "sha256": digest(parity_weights.pixels(image, height, width))})
    for count, height, width in BATCHES:
        document["batches"].append({"batch": count, "height": height, "width": width,
                                    "sha256": digest(parity_weights.batch(count, height, width))})
    lists = [f'  "{key}": [\n' + ",\n".join(f"    {json.dumps(entry)}" for entry in document[key]) + "\n  ]"
             for key in ("weights", "images", "batches")]
    (FOLDER / "generator.json").write_text('{\n  "versions": ' + json.dumps(VERSIONS) + ",\n" + ",\n".join(lists) + "\n}\n")


def too_alike(case, output, exact):
    """A line that says how little an output differs between the images of a batch, or None where it differs enough."""
    images = case[0]
    if images < 2 or exact.shape[0] % images:
        return None
    least = LEAST_DIFFERENCE if images == 2 else LEAST_DIFFERENCE_OF_MORE
    flat = exact.reshape(images, -1)
    difference, largest = (flat[1:] - flat[:1]).abs().max().item(), flat.abs().max().item()
    if difference > least * largest:
        return None
    return f"{output} of {images} images of {case[1]}x{case[2]}: they differ by {difference:.3g} where the largest value is " \
        f"{largest:.3g}; expected {least:.1%} of it at least"


def write_keys(name, model):
    lines = []
    for key, value in model.state_dict().items():
        shape = "x".join(map(str, value.shape)) or "scalar"
        lines.append(f"{key} {shape}" + (" int64" if value.dtype == torch.int64 else ""))
    (FOLDER / "keys").mkdir(exist_ok=True)
    (FOLDER / "keys" / f"{name}.txt").write_text("\n".join(lines) + "\n")


def write_outputs(name):
    family = reference_models.family_of(name)
    model = reference_models.create(name)
    document = {
        "model": name, "versions": VERSIONS,
        "parameters": sum(p.numel() for p in model.parameters()),
        "multiplyAdds": {f"{h}x{w}": reference_models.multiply_adds(name, model, h, w) for h, w in family.SIZES},
        "cases": [],
    }
    inputs = [torch.from_numpy(parity_weights.batch(*case)) for case in family.CASES]
    single = [reference_models.forward(name, model, x) for x in inputs]
    model = model.double()
    values, alike = [], []
    for case, x, found in zip(family.CASES, inputs, single):
        for output, exact in reference_models.forward(name, model, x.double()).items():
            alike.append(too_alike(case, output, exact))
            flat = exact.reshape(-1)
            stride = next(n for n in STRIDES if output == "logits" or flat.numel() // n < MOST_VALUES)
            kept = flat[::stride].numpy().astype("<f4")
            largest = flat.abs().max().item()
            document["cases"].append({
                "batch": case[0], "height": case[1], "width": case[2], "output": output, "shape": list(exact.shape),
                "offset": sum(map(len, values)), "count": len(kept), "stride": stride, "largest": largest,
                "torchFloat32Error": float(f"{(found[output].double() - exact).abs().max().item() / largest:.3g}"),
            })
            values.append(kept)
    if any(alike):
        raise SystemExit(f"{name}: these outputs hardly depend on the image; give the generated weights of such a model a gain in "
                         "parity_weights.py and ParityWeights.cs. Nothing was written.\n  " + "\n  ".join(filter(None, alike)))
    (FOLDER / "outputs").mkdir(exist_ok=True)
    write_keys(name, model)
    (FOLDER / "outputs" / f"{name}.f32").write_bytes(np.concatenate(values).tobytes())
    cases_text = ",\n    ".join(json.dumps(case) for case in document.pop("cases"))
    head = json.dumps(document, indent=2)[:-2]
    (FOLDER / "outputs" / f"{name}.json").write_text(f'{head},\n  "cases": [\n    {cases_text}\n  ]\n}}\n')
    print(name, document["parameters"], document["multiplyAdds"], "values", sum(map(len, values)))


def main():
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    everything = ["generator"] + reference_models.NAMES
    with torch.no_grad():
        for name in sys.argv[1:] or everything:
            write_generator() if name == "generator" else write_outputs(name)


if __name__ == "__main__":
    main()
