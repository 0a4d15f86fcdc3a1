"""Fashion-MNIST from Debian's dataset-fashion-mnist, and the split that every recipe here uses."""
import gzip
import os
import struct

import numpy as np

DEFAULT_FOLDER = "/usr/share/datasets/fashion-mnist"
MEAN, STD = 0.2860, 0.3530  # of the training images' gray values, in 0..1


def read_idx(path):
    with gzip.open(path, "rb") as stream:
        data = stream.read()
    zero, kind, rank = struct.unpack(">HBB", data[:4])
    if zero != 0 or kind != 8:
        raise ValueError(f"{path}: not an IDX file of unsigned bytes")
    shape = struct.unpack(f">{rank}I", data[4:4 + 4 * rank])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def load(split, folder=DEFAULT_FOLDER):
    """Images (N, 28, 28) and labels (N) of 'training', 'validation' or 'test'.

    Validation is every twelfth of the 60,000 training articles (index % 12 == 0): 5,000; training is the other 55,000.
    """
    stem = "t10k" if split == "test" else "train"
    images = read_idx(os.path.join(folder, f"{stem}-images-idx3-ubyte.gz"))
    labels = read_idx(os.path.join(folder, f"{stem}-labels-idx1-ubyte.gz"))
    if split == "test":
        return images, labels
    held_out = np.arange(len(images)) % 12 == 0
    chosen = held_out if split == "validation" else ~held_out
    return images[chosen], labels[chosen]
