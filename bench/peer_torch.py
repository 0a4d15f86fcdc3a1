"""PyTorch as a peer of bench/compare_torch.py: eager, or torch.compile. Same arguments and commands as DeepVision.TorchServer.

Needs no torchvision. Where a model has several outputs, they are written in the order of DeepVision's output names.
"""
import sys

import numpy as np
import torch

import peer_models
from peer import serve

options = dict(argument.split("=", 1) for argument in sys.argv[1:])
device = torch.device(options["device"])
if "threads" in options:
    torch.set_num_threads(int(options["threads"]))
dtype = {"float32": torch.float32, "tf32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}[options["precision"]]
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = options["precision"] == "tf32"
memory_format = torch.channels_last if options["format"] == "channels-last" else torch.contiguous_format
model = peer_models.MODELS[options["model"]]()
model.load_state_dict(torch.load(options["weights"], map_location="cpu"))
model = model.eval().to(device=device, dtype=dtype).to(memory_format=memory_format)
shape = [int(options["batch"]), 3, int(options["height"]), int(options["width"])]
image = torch.from_numpy(np.fromfile(options["input"], np.float32).reshape(shape)).to(device=device, dtype=dtype)
image = image.contiguous(memory_format=memory_format)
network = torch.compile(model) if options.get("mode") == "compile" else model


def synchronize():
    if device.type == "cuda":
        torch.cuda.synchronize()


def write(path):
    outputs = network(image)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    half = len(outputs) // 2  # "bbox_regression.P3" comes before "cls_logits.P3"
    with open(path, "wb") as file:
        for output in outputs[half:] + outputs[:half] if half else outputs:
            file.write(output.float().cpu().contiguous().numpy().tobytes())


with torch.inference_mode():
    network(image)
    synchronize()
    serve(options.get("mode", "eager"), lambda: network(image), write, synchronize)
