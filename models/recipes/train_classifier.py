#!/usr/bin/python3
"""Trains models/fashion-resnet20: CIFAR ResNet-20 on Fashion-MNIST, one CPU thread, choices on validation only.

    MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=268435456 \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1 \
    /usr/bin/python3 models/recipes/train_classifier.py --out artifacts/classifier

The environment only makes memory cheaper; the arithmetic is the same without it.
"""
import argparse
import copy
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import fashion_data
from cifar_resnet import CifarResNet
from safetensors_file import save


def to_tensor(images):
    gray = (torch.from_numpy(images).float() / 255 - fashion_data.MEAN) / fashion_data.STD
    return gray[:, None].expand(-1, 3, -1, -1)


def augment(images, rng):
    """Random crop out of 2 pixels of black padding, and a mirror half of the time."""
    n = len(images)
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    top, left = rng.integers(0, 5, (2, n))
    columns = np.arange(28)[None] + left[:, None]
    mirrored = rng.random(n) < 0.5
    columns[mirrored] = columns[mirrored, ::-1]
    rows = np.arange(28)[None] + top[:, None]
    return padded[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]


def accuracy(model, images, labels):
    model.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(images), 500):
            batch = to_tensor(images[start:start + 500]).contiguous(memory_format=torch.channels_last)
            right += (model(batch).argmax(1).numpy() == labels[start:start + 500]).sum()
    model.train()
    return right / len(images)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=fashion_data.DEFAULT_FOLDER)
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=5e-4)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)

    images, labels = fashion_data.load("training", options.data)
    held_images, held_labels = fashion_data.load("validation", options.data)
    model = CifarResNet(blocks=3).to(memory_format=torch.channels_last)
    average = copy.deepcopy(model)
    decayed = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD([{"params": decayed, "weight_decay": options.decay}, {"params": plain}],
                                lr=options.rate, momentum=0.9, nesterov=True)
    steps_an_epoch = len(images) // options.batch
    steps, step, started = steps_an_epoch * options.epochs, 0, time.time()
    for epoch in range(options.epochs):
        order = rng.permutation(len(images))
        for i in range(steps_an_epoch):
            warm_up = min(1.0, (step + 1) / steps_an_epoch)
            rate = options.rate * warm_up * 0.5 * (1 + math.cos(math.pi * step / steps))
            for group in optimizer.param_groups:
                group["lr"] = rate
            chosen = order[i * options.batch:(i + 1) * options.batch]
            batch = to_tensor(augment(images[chosen], rng)).contiguous(memory_format=torch.channels_last)
            loss = F.cross_entropy(model(batch), torch.from_numpy(labels[chosen].astype(np.int64)),
                                   label_smoothing=options.smoothing)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            with torch.no_grad():  # an average of the weights, short at first
                keep = min(0.998, step / (step + 10))
                for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
                    if mean.is_floating_point():
                        mean.mul_(keep).add_(value, alpha=1 - keep)
                    else:
                        mean.copy_(value)
        print(f"epoch {epoch + 1} loss {loss.item():.4f} validation {accuracy(model, held_images, held_labels):.4f} "
              f"average {accuracy(average, held_images, held_labels):.4f} "
              f"minutes {(time.time() - started) / 60:.1f} cpu {time.process_time() / 60:.1f}", flush=True)
        torch.save(average.state_dict(), os.path.join(options.out, "average.pth"))
        torch.save(model.state_dict(), os.path.join(options.out, "last.pth"))
    save(os.path.join(options.out, "model.safetensors"),
         {k: v for k, v in average.state_dict().items()}, {"format": "pt"})


if __name__ == "__main__":
    main()
