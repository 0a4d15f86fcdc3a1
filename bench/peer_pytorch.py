"""PyTorch as a peer of the yardstick: mode=eager in channels-last, or mode=frozen by torch.jit's optimize_for_inference.

Same arguments and commands as DeepVision.BenchServer.
"""
import re
import sys

import numpy as np
import torch

import networks
from peer import serve

options = dict(argument.split("=", 1) for argument in sys.argv[1:])
torch.set_num_threads(int(options["threads"]))
capability = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
if options["isa"] == "avx2" and (capability is None or capability[1] != "AVX2"):
    sys.exit(f"PyTorch was to be held to AVX2, but says that it uses {capability and capability[1]}")
model = networks.create(options["model"])
networks.load(model, options["weights"])
names = networks.output_names(options["model"])
values = np.fromfile(options["input"], np.float32)
image = torch.from_numpy(values.reshape(int(options["batch"]), 3, int(options["height"]), int(options["width"])))


def write(path):
    """Writes the outputs one after the other; says the name and the count of each."""
    outputs = network(image)
    outputs = outputs if isinstance(outputs, (tuple, list)) else [outputs]
    with open(path, "wb") as file:
        for output in outputs:
            file.write(output.contiguous().numpy().tobytes())
    return " ".join(["written"] + [f"{name}:{output.numel()}" for name, output in zip(names, outputs)])


with torch.no_grad():
    if options["mode"] == "eager":
        network, image = model.to(memory_format=torch.channels_last), image.contiguous(memory_format=torch.channels_last)
        description = "eager, channels-last"
    else:
        network = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, image)))
        description = "optimize_for_inference"
    network(image)
    serve(f"{description}, {capability[1] if capability else 'default'} in ATen", lambda: network(image), write)
