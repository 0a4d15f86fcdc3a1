"""One training step and twenty of them, and RetinaNet's losses by themselves: what PyTorch and torchvision compute.

    /usr/bin/python3 make_training.py

Weights and images come from parity_weights.py; everything is computed in float64, and `float32Error` says how far torch's own
float32 result is from it, relative to the largest value. Of each gradient there are the largest magnitude, the Euclidean norm
and 16 elements spread over the tensor.
"""
import json
import math
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import box_iou

import parity_weights
import reference_models

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "training")
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "models", "recipes"))
import slim_retinanet  # noqa: E402

SAMPLES = 16


def create(name):
    if name != "fashion_scenes_retinanet":
        return reference_models.create(name)
    model = slim_retinanet.build(24, 64)
    state = model.state_dict()
    for key, value in state.items():
        if value.dtype != torch.int64:
            state[key] = torch.from_numpy(parity_weights.values(key, tuple(value.shape), state.keys()))
    model.load_state_dict(state)
    return model


def objects(image, classes, height, width):
    """left, top, right, bottom, class, ignored of the objects in an image: whole numbers from a formula."""
    found = []
    for k in range(4):
        w, h = width // 8 + (37 * image + 23 * k) % (width // 3), height // 8 + (29 * image + 31 * k) % (height // 3)
        left, top = (41 * image + 53 * k) % (width - w), (59 * image + 17 * k) % (height - h)
        found.append([left, top, left + w, top + h, (7 * image + 3 * k) % classes, 1 if k == 3 else 0])
    return found


def detection_losses(model, x, truth, ignores):
    features = list(model.backbone(x).values())
    outputs = model.head(features)
    anchors = model.anchor_generator(ImageList(x, [tuple(x.shape[-2:])] * len(x)), features)
    targets, matches = [], []
    for rows, boxes_of_image in zip(truth, anchors):
        boxes = torch.tensor([r[:4] for r in rows if not r[5]], dtype=x.dtype).reshape(-1, 4)
        ignored = torch.tensor([r[:4] for r in rows if r[5]], dtype=x.dtype).reshape(-1, 4)
        targets.append({"boxes": boxes, "labels": torch.tensor([r[4] for r in rows if not r[5]], dtype=torch.int64)})
        if len(boxes):
            match = model.proposal_matcher(box_iou(boxes, boxes_of_image))
        else:
            match = torch.full((len(boxes_of_image),), -1, dtype=torch.int64)
        if ignores and len(ignored):
            near = box_iou(ignored, boxes_of_image).max(0).values >= 0.4
            match[near & (match == model.proposal_matcher.BELOW_LOW_THRESHOLD)] = model.proposal_matcher.BETWEEN_THRESHOLDS
        matches.append(match)
    return model.head.compute_loss(targets, outputs, anchors, matches)


CASES = {  # name: images, height, width, classes, rate
    "cifar_resnet20": (8, 32, 32, 10, 0.02),
    "resnet18": (8, 64, 64, 1000, 0.01),
    "fashion_scenes_retinanet": (2, 128, 128, 10, 0.002),
    "retinanet_resnet50_fpn_eps1e5": (2, 64, 96, 91, 0.0005),
}


def losses(name, model, images, numbers, classes):
    if "retinanet" in name:
        height, width = images.shape[-2:]
        truth = [objects(n, classes, height, width) for n in numbers]
        return detection_losses(model, images, truth, ignores=name.startswith("fashion"))
    target = torch.tensor([(7 * n + 3) % classes for n in numbers])
    return {"cross_entropy": F.cross_entropy(model(images), target, label_smoothing=0.1)}


def summary(value):
    flat = value.detach().double().reshape(-1).numpy()
    places = [int(i) for i in np.linspace(0, len(flat) - 1, min(SAMPLES, len(flat))).astype(int)]
    return {"largest": float(f"{np.abs(flat).max():.7g}"), "norm": float(f"{np.sqrt((flat * flat).sum()):.7g}"), "places": places,
            "values": [float(f"{flat[i]:.7g}") for i in places]}


def first_step(name, dtype):
    count, height, width, classes, _ = CASES[name]
    model = create(name).to(dtype).train()
    images = torch.from_numpy(parity_weights.batch(count, height, width)).to(dtype)
    parts = losses(name, model, images, range(count), classes)
    sum(parts.values()).backward()
    return model, parts


def step_case(name):
    model, parts = first_step(name, torch.float64)
    rough, rough_parts = first_step(name, torch.float32)
    rough_gradients = dict(rough.named_parameters())
    tensors = {}
    for key, p in model.named_parameters():
        tensors[key] = summary(p.grad)
        error = (rough_gradients[key].grad.double() - p.grad).abs().max() / p.grad.abs().max().clamp_min(1e-300)
        tensors[key]["float32Error"] = float(f"{error:.2g}")
    buffers = {key: summary(b) for key, b in model.named_buffers() if b.is_floating_point() and "running" in key and is_trained_norm(model, key)}
    return {
        "losses": {key: value.item() for key, value in parts.items()},
        "float32Losses": {key: value.item() for key, value in rough_parts.items()},
        "gradients": tensors,
        "buffers": buffers,
    }


def is_trained_norm(model, key):
    return isinstance(model.get_submodule(key.rpartition(".")[0]), nn.BatchNorm2d)


def run(name, dtype, steps=20, warmup=5):
    """SGD with momentum 0.9, Nesterov, weight decay 1e-4 on tensors of more than one dimension; warm-up, then cosine."""
    count, height, width, classes, rate = CASES[name]
    model = create(name).to(dtype).train()
    everything = torch.from_numpy(parity_weights.batch(4 * count, height, width)).to(dtype)
    parameters = list(model.parameters())
    optimiser = torch.optim.SGD([
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": 1e-4},
        {"params": [p for p in parameters if p.dim() == 1]}], lr=rate, momentum=0.9, nesterov=True)
    found = []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / warmup) * 0.5 * (1 + math.cos(math.pi * step / steps))
        numbers = [(step % 4) * count + i for i in range(count)]
        total = sum(losses(name, model, everything[numbers], numbers, classes).values())
        optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(parameters, 10.0)
        optimiser.step()
        found.append(total.item())
    return found


def adamw_case():
    """Ten steps of AdamW on a made-up problem, for the optimiser alone."""
    w = torch.from_numpy(parity_weights.values("adamw.weight", (6, 5), set())).double().requires_grad_()
    b = torch.from_numpy(parity_weights.values("adamw.bias", (6,), set())).double().requires_grad_()
    x = torch.from_numpy(parity_weights.values("adamw.input", (5, 7), set())).double()
    optimiser = torch.optim.AdamW([{"params": [w], "weight_decay": 0.02}, {"params": [b], "weight_decay": 0.0}], lr=0.05)
    found = []
    for _ in range(10):
        loss = ((w @ x + b[:, None]).sin() ** 2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        found.append(loss.item())
    return {"losses": found, "weight": w.detach().reshape(-1).tolist(), "bias": b.detach().tolist()}


def box_loss_case(kind, numbers, ignores):
    """RetinaNet's losses on made-up head outputs: 3 levels for 64 x 64 pixels, 10 classes, 9 anchors a place."""
    model = slim_retinanet.build(8, 16).double()
    model.head.regression_head._loss_type = kind
    count = len(numbers)
    shapes = [(8, 8), (4, 4), (2, 2)]
    outputs, raw = {}, {}
    for name, width, scale, shift in (("cls_logits", 10, 2.0, -2.0), ("bbox_regression", 4, 0.7, 0.0)):
        levels = []
        for level, (h, w) in enumerate(shapes):
            key = f"{name}.P{3 + level}"
            size = count * 9 * width * h * w
            values = parity_weights.signed(parity_weights.bits(key, 0, size)) * np.float32(scale) + np.float32(shift)
            raw[key] = torch.from_numpy(values).double().reshape(count, 9 * width, h, w).requires_grad_()
            t = raw[key].view(count, -1, width, h, w).permute(0, 3, 4, 1, 2).reshape(count, -1, width)
            levels.append(t)
        outputs[name] = torch.cat(levels, 1)
    images = torch.zeros(count, 3, 64, 64).double()
    features = [torch.zeros(count, 16, h, w).double() for h, w in shapes]
    anchors = model.anchor_generator(ImageList(images, [(64, 64)] * count), features)
    truth = [objects(n, 10, 64, 64) if n >= 0 else [] for n in numbers]
    targets, matches = [], []
    for rows, a in zip(truth, anchors):
        boxes = torch.tensor([r[:4] for r in rows if not r[5]]).double().reshape(-1, 4)
        ignored = torch.tensor([r[:4] for r in rows if r[5]]).double().reshape(-1, 4)
        targets.append({"boxes": boxes, "labels": torch.tensor([r[4] for r in rows if not r[5]], dtype=torch.int64)})
        match = model.proposal_matcher(box_iou(boxes, a)) if len(boxes) else torch.full((len(a),), -1, dtype=torch.int64)
        if ignores and len(ignored):
            near = box_iou(ignored, a).max(0).values >= 0.4
            match[near & (match == -1)] = -2
        matches.append(match)
    parts = model.head.compute_loss(targets, outputs, anchors, matches)
    sum(parts.values()).backward()
    return {
        "kind": kind, "numbers": numbers, "ignores": ignores,
        "losses": {key: value.item() for key, value in parts.items()},
        "foreground": [int((m >= 0).sum()) for m in matches], "neither": [int((m == -2).sum()) for m in matches],
        "gradients": {key: summary(value.grad if value.grad is not None else torch.zeros_like(value)) for key, value in raw.items()},
    }


def write(name, content):
    os.makedirs(FOLDER, exist_ok=True)
    with open(os.path.join(FOLDER, f"{name}.json"), "w") as file:
        file.write(lines(content, 3 if name == "losses" else 2) + "\n")


def lines(value, depth):
    """JSON with a line for each entry down to a depth."""
    if depth == 0 or not isinstance(value, (dict, list)) or not value or isinstance(value, list) and not isinstance(value[0], (dict, list)):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"\n{json.dumps(key)}: {lines(v, depth - 1)}" for key, v in value.items()) + "\n}"
    return "[" + ",".join("\n" + lines(v, depth - 1) for v in value) + "\n]"


def main():
    torch.set_num_threads(1)
    wanted = sys.argv[1:] or list(CASES) + ["losses"]
    if "losses" in wanted:
        write("losses", {
            "retinanet": [box_loss_case("l1", [0, 1, 2], True), box_loss_case("l1", [0, 1, 2], False),
                          box_loss_case("smooth_l1", [3, 4], False), box_loss_case("giou", [5, -1, 6], True), box_loss_case("l1", [-1], True)],
            "adamw": adamw_case(),
        })
    for name in (n for n in wanted if n != "losses"):
        content = step_case(name)
        exact, rough = run(name, torch.float64), run(name, torch.float32)
        content["steps"] = exact
        content["float32StepsError"] = max(abs(a - b) / abs(a) for a, b in zip(exact, rough))
        write(name, content)
        worst = max(t["float32Error"] for t in content["gradients"].values())
        print(name, content["losses"], "worst float32 gradient error", worst, "steps", exact[0], exact[-1], content["float32StepsError"], flush=True)


if __name__ == "__main__":
    main()
