#!/usr/bin/python3
"""Trains models/fashion-scenes-retinanet on exported scenes, one CPU thread, choices on validation only.

    fashion_scenes() { dotnet run -c Release --project models/recipes/FashionScenes.Tool -- "$@"; }
    fashion_scenes export --split training --count 20000 --out artifacts/scenes/training
    fashion_scenes export --split validation --count 500 --out artifacts/scenes/validation
    export MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=268435456
    export GLIBC_TUNABLES=glibc.malloc.hugetlb=1
    /usr/bin/python3 models/recipes/pretrain_body.py --scenes artifacts/scenes --out artifacts/body
    /usr/bin/python3 models/recipes/train_detector.py \\
        --scenes artifacts/scenes --body artifacts/body/body.pth --out artifacts/detector

The environment only makes memory cheaper; the arithmetic is the same without it.
"""
import argparse
import copy
import csv
import math
import os
import time
from collections import defaultdict

import numpy as np
import torch
from PIL import Image

from average_precision import average_precision
from safetensors_file import save
from slim_retinanet import build, detect, losses

MEAN, STD = 0.48, 0.24  # of each channel, in 0..1: round figures near the scenes' own


class Scenes:
    def __init__(self, folder):
        self.folder = folder
        rows = defaultdict(list)
        with open(os.path.join(folder, "annotations.csv"), newline="") as table:
            for row in csv.DictReader(table):
                rows[row["file"]].append([float(row[k]) for k in ("left", "top", "right", "bottom", "label", "ignored")])
        self.names = sorted(rows)
        self.truth = [np.array(rows[name], np.float32) for name in self.names]

    def __len__(self):
        return len(self.names)

    def read(self, index):
        return np.asarray(Image.open(os.path.join(self.folder, self.names[index])))


def to_batch(images):
    batch = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
    return batch.float().div_(255).sub_(MEAN).div_(STD)


def augmented(scenes, index, rng):
    """A scene, mirrored half of the time, its color channels in random order."""
    image, truth = scenes.read(index), scenes.truth[index].copy()
    if rng.random() < 0.5:
        image = image[:, ::-1]
        truth[:, [0, 2]] = image.shape[1] - truth[:, [2, 0]]
    image = image[:, :, rng.permutation(3)]
    counted = truth[:, 5] == 0
    return image, {"boxes": torch.from_numpy(truth[counted, :4]),
                   "labels": torch.from_numpy(truth[counted, 4].astype(np.int64)),
                   "ignored": torch.from_numpy(truth[~counted, :4])}


def evaluate(model, scenes, thresholds):
    model.eval()
    detections, targets = [], []
    for start in range(0, len(scenes), 10):
        chosen = range(start, min(start + 10, len(scenes)))
        for d in detect(model, to_batch([scenes.read(i) for i in chosen])):
            detections.append({k: v.numpy() for k, v in d.items()})
    for truth in scenes.truth:
        targets.append({"boxes": truth[:, :4], "labels": truth[:, 4], "ignored": truth[:, 5] == 1})
    return average_precision(detections, targets, 10, thresholds)


def train(model):
    """Training mode, except that the stem and the first stage stay as the body's pretraining left them."""
    model.train()
    body = model.backbone.body
    for part in (body.conv1, body.bn1, body.layer1):
        part.eval().requires_grad_(False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--width", type=int, default=24)
    parser.add_argument("--channels", type=int, default=64)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--body", help="pretrained body, from pretrain_body.py")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)

    scenes = Scenes(os.path.join(options.scenes, "training"))
    held = Scenes(os.path.join(options.scenes, "validation"))
    model = build(options.width, options.channels).to(memory_format=torch.channels_last)
    if options.body:
        model.backbone.body.load_state_dict(torch.load(options.body))
    train(model)
    average = copy.deepcopy(model)
    decayed = [p for p in model.parameters() if p.requires_grad and p.dim() > 1]
    plain = [p for p in model.parameters() if p.requires_grad and p.dim() == 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": options.decay},
                                   {"params": plain, "weight_decay": 0.0}], lr=options.rate)
    steps_an_epoch = len(scenes) // options.batch
    steps, step, started, running = options.steps, 0, time.time(), None
    while step < steps:
        order = rng.permutation(len(scenes))
        for i in range(min(steps_an_epoch, steps - step)):
            rate = options.rate * min(1.0, (step + 1) / 300) * 0.5 * (1 + math.cos(math.pi * step / steps))
            for group in optimizer.param_groups:
                group["lr"] = rate
            chosen = order[i * options.batch:(i + 1) * options.batch]
            images, targets = zip(*(augmented(scenes, j, rng) for j in chosen))
            parts = losses(model, to_batch(images), targets)
            optimizer.zero_grad()
            sum(parts.values()).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
            optimizer.step()
            step += 1
            with torch.no_grad():  # an average of the weights, short at first
                keep = min(0.998, step / (step + 10))
                for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
                    if mean.is_floating_point():
                        mean.mul_(keep).add_(value, alpha=1 - keep)
                    else:
                        mean.copy_(value)
            now = np.array([parts["classification"].item(), parts["bbox_regression"].item()])
            running = now if running is None else 0.98 * running + 0.02 * now
            if step % 100 == 0:
                print(f"step {step}/{steps} class {running[0]:.3f} box {running[1]:.3f} "
                      f"minutes {(time.time() - started) / 60:.1f} cpu {time.process_time() / 60:.1f}", flush=True)
            if step % 1000 == 0 or step == steps:
                table = evaluate(average, held, [0.5])[0]
                print(f"step {step} validation AP50 {table.mean():.4f} by class {np.round(table, 3)}", flush=True)
                torch.save(average.state_dict(), os.path.join(options.out, "average.pth"))
                torch.save(model.state_dict(), os.path.join(options.out, "last.pth"))
    table = evaluate(average, held, np.linspace(0.5, 0.95, 10))
    print(f"final validation AP50 {table[0].mean():.4f} AP {table.mean():.4f}", flush=True)
    save(os.path.join(options.out, "model.safetensors"), dict(average.state_dict()), {"format": "pt"})


if __name__ == "__main__":
    main()
