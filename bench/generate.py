"""Makes the files of one workload where they are missing, in a process of its own, so that none of its memory is left behind.

    python3 bench/generate.py FOLDER MODEL BATCH [--onnx]

FOLDER/MODEL.pth are the weights, FOLDER/input-SIZE-bBATCH.f32 the input, FOLDER/MODEL-bBATCH.onnx the same weights as initializers.
"""
import os
import sys
import warnings

import torch

from networks import create, load, output_names
from sizes import SIZES, paths
from workload import initialize, make_input


def once(path, write):
    """Lets write(path) make a file that is missing; one that was begun and not finished is never taken for a file."""
    if not os.path.exists(path):
        print(f"Making {os.path.relpath(path)}", flush=True)
        begun = f"{path}.{os.getpid()}"
        try:
            write(begun)
            os.replace(begun, path)
        finally:
            if os.path.exists(begun):
                os.remove(begun)


def write_weights(name, path):
    model = create(name)
    initialize(model)
    # The published weights of RetinaNet have no such counts, its batch norms being fixed.
    torch.save({key: value for key, value in model.state_dict().items() if not key.endswith("num_batches_tracked")}, path)


def write_onnx(name, weights, batch, path):
    model = create(name)
    load(model, weights)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, make_input(batch, SIZES[name]), path, opset_version=17, do_constant_folding=True,
                          input_names=["input"], output_names=output_names(name))


def main():
    folder, name, batch = sys.argv[1], sys.argv[2], int(sys.argv[3])
    os.makedirs(folder, exist_ok=True)
    weights, image, onnx = paths(folder, name, batch)
    once(weights, lambda path: write_weights(name, path))
    once(image, lambda path: make_input(batch, SIZES[name]).numpy().tofile(path))
    if "--onnx" in sys.argv:
        once(onnx, lambda path: write_onnx(name, weights, batch, path))


if __name__ == "__main__":
    main()
