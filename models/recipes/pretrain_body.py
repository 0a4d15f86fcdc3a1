#!/usr/bin/python3
"""Pretrains the detector's body to name the article in the middle of a crop of a training scene, one CPU thread.

    /usr/bin/python3 models/recipes/pretrain_body.py --scenes artifacts/scenes --out artifacts/body

A crop is 48 x 48 pixels around an article of at most 36 pixels a side, 96 x 96 halved around one of at most 72, and 144 x
144 cut to a third around a larger one. An article has 28 x 28 pixels to begin with, so that nothing is lost.
"""
import argparse
import math
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from slim_retinanet import Body
from train_detector import MEAN, STD, Scenes

SIDE = 48
MARGIN = 2 * SIDE


def crops(scenes, rng=None):
    """uint8 (N, 48, 48, 3) and labels; with rng the article is off the middle by up to 3 pixels."""
    images, labels = [], []
    for index, truth in enumerate(scenes.truth):
        padded = np.pad(scenes.read(index), ((MARGIN,) * 2, (MARGIN,) * 2, (0, 0)), mode="edge")
        for left, top, right, bottom, label, ignored in truth:
            if ignored:
                continue
            size = max(right - left, bottom - top)
            factor = 1 if size <= 36 else 2 if size <= 72 else 3
            shift = rng.integers(-3, 4, 2) * factor if rng is not None else (0, 0)
            x = int((left + right) / 2) + shift[0] + MARGIN - factor * SIDE // 2
            y = int((top + bottom) / 2) + shift[1] + MARGIN - factor * SIDE // 2
            crop = padded[y:y + factor * SIDE, x:x + factor * SIDE]
            if factor > 1:
                crop = crop.reshape(SIDE, factor, SIDE, factor, 3).mean((1, 3))
            images.append(crop.astype(np.uint8))
            labels.append(int(label))
    return np.stack(images), np.array(labels)


def to_batch(images):
    batch = torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
    return batch.float().div_(255).sub_(MEAN).div_(STD)


class Classifier(nn.Module):
    """The mean of each of C3, C4 and C5 says the class: small articles have to be told on C3."""

    def __init__(self, width):
        super().__init__()
        self.body = Body(width)
        self.linears = nn.ModuleList(nn.Linear(width << k, 10) for k in (1, 2, 3))

    def forward(self, x):
        # The middle half of each map: what lies around the article is not asked for.
        outputs = []
        for linear, f in zip(self.linears, self.body(x).values()):
            q = f.shape[-1] // 4
            outputs.append(linear((f[:, :, q:f.shape[2] - q, q:f.shape[3] - q] if q else f).mean((2, 3))))
        return outputs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--width", type=int, default=24)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    started = time.time()
    images, labels = crops(Scenes(os.path.join(options.scenes, "training")), rng)
    held_images, held_labels = crops(Scenes(os.path.join(options.scenes, "validation")))
    print(f"{len(images)} crops, minutes {(time.time() - started) / 60:.1f} cpu {time.process_time() / 60:.1f}", flush=True)
    model = Classifier(options.width).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=options.decay)
    steps_an_epoch = len(images) // options.batch
    steps, step = steps_an_epoch * options.epochs, 0
    for epoch in range(options.epochs):
        order = rng.permutation(len(images))
        for i in range(steps_an_epoch):
            rate = options.rate * min(1.0, (step + 1) / 200) * 0.5 * (1 + math.cos(math.pi * step / steps))
            for group in optimizer.param_groups:
                group["lr"] = rate
            chosen = order[i * options.batch:(i + 1) * options.batch]
            batch = images[chosen][:, :, :, rng.permutation(3)]
            if rng.random() < 0.5:
                batch = batch[:, :, ::-1]
            target = torch.from_numpy(labels[chosen])
            loss = sum(F.cross_entropy(o, target) for o in model(to_batch(batch)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            if step % 500 == 0 or step == steps:
                model.eval()
                right = np.zeros(3)
                with torch.no_grad():
                    for s in range(0, len(held_images), 500):
                        for k, o in enumerate(model(to_batch(held_images[s:s + 500]))):
                            right[k] += (o.argmax(1).numpy() == held_labels[s:s + 500]).sum()
                model.train()
                print(f"step {step}/{steps} loss {loss.item():.3f} validation {np.round(right / len(held_images), 4)} "
                      f"minutes {(time.time() - started) / 60:.1f} cpu {time.process_time() / 60:.1f}", flush=True)
                torch.save(model.body.state_dict(), os.path.join(options.out, "body.pth"))


if __name__ == "__main__":
    main()
