"""The TorchSharp runtime and Python's PyTorch side by side: the same weights and input, each in a process of its own, in
alternating rounds; the input lies on the device already and outputs stay there.

    bench/torch.sh [--threads N] [--batches 1,8]                       on this machine's CPU
    python3 bench/compare_torch.py --server PROGRAM --device cuda      on a machine with a GPU; see bench/gpu/run.sh

Prints for each group a table and lines that scripts read: agree, ms and ratio (peer / DeepVision, medians of rounds), or failed.
It ends with 1 where a group failed.
"""
import argparse
import os
import subprocess
import sys
import tempfile

import numpy as np

import peer_models
from engine import EngineFailure, running
from workload import prepare

SIZES = {"resnet50": 224, "retinanet_resnet50_fpn": 640}
# name, memory format, batch norm of DeepVision (None: a PyTorch peer), mode of the peer; the first is what outputs are held against
CPU = [("pytorch", "contiguous", None, "eager"), ("deepvision", "contiguous", "separate", None),
       ("pytorch-cl", "channels-last", None, "eager"), ("deepvision-cl", "channels-last", "separate", None),
       ("deepvision-folded-cl", "channels-last", "folded", None)]
CUDA = [("pytorch", "channels-last", None, "eager"), ("pytorch-compile", "channels-last", None, "compile"),
        ("deepvision", "channels-last", "separate", None), ("deepvision-folded", "channels-last", "folded", None)]


def driver_memory():
    """MiB that are taken on all GPUs by the driver's count; None where no driver says it."""
    try:
        text = subprocess.run(["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"],
                              capture_output=True, text=True, check=True).stdout
        return sum(int(line) for line in text.split())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


class Preparation:
    """What each engine does first: its outputs against the first engine's, runs to warm up, and what memory that took.

    An engine's GPU memory is what the driver counts more afterwards than before the process began: context, kernels and the
    allocator's cache, from which nothing goes back, so that it is a peak. It holds for a GPU that nobody else uses.
    """

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.reference = None
        self.differences, self.memory = {}, {}
        self.taken = driver_memory() if options.device == "cuda" else None

    def __call__(self, engine):
        path = os.path.join(self.folder, engine.name + ".f32")
        engine.ask("output " + path)
        output = np.fromfile(path, np.float32)
        os.remove(path)
        if self.reference is None:
            self.reference = output
        else:
            self.differences[engine.name] = np.abs(output - self.reference).max() / np.abs(self.reference).max()
        engine.run(self.options.runs)
        if self.taken is not None and (now := driver_memory()) is not None:
            self.memory[engine.name], self.taken = now - self.taken, now


def commands(options, name, batch, precision, weights, image):
    here = os.path.dirname(os.path.abspath(__file__))
    server = ["dotnet", options.server] if options.server.endswith(".dll") else [options.server]
    for title, memory_format, norm, mode in CUDA if options.device == "cuda" else CPU:
        arguments = [f"model={name}", f"weights={weights}", f"input={image}", f"batch={batch}", f"height={SIZES[name]}",
                     f"width={SIZES[name]}", f"device={options.device}", f"precision={precision}", f"format={memory_format}"]
        if options.device == "cpu":
            arguments.append(f"threads={options.threads}")
        if norm:
            yield title, [*server, "serve", *arguments, f"norm={norm}"]
        else:
            yield title, [sys.executable, os.path.join(here, "peer_torch.py"), *arguments, f"mode={mode}"]


def compare(engines, options, label, prepared):
    medians = {engine.name: [] for engine in engines}
    for _ in range(options.rounds):
        for engine in engines:
            times = engine.run(options.runs)
            engine.times += times
            medians[engine.name].append(np.median(times))
    print(f"\n{label}: {options.rounds} rounds of {options.runs} runs")
    for engine in engines:
        memory = f", GPU memory by the driver {prepared.memory[engine.name]} MiB" if engine.name in prepared.memory else ""
        print(f"  {engine.name:21} median {np.median(engine.times):8.2f} ms, best {min(engine.times):8.2f}, 90th percentile "
              f"{np.percentile(engine.times, 90):8.2f}{memory}; {engine.description}")
    for name, difference in prepared.differences.items():
        print(f"agree {label} {name} {difference:.2e}")
    for engine in engines:
        print(f"ms {label} {engine.name} {np.median(engine.times):.3f}")
    for engine in engines:
        for peer in engines:
            if engine.name.startswith("deepvision") and peer is not engine:
                print(f"ratio {label} {engine.name} {peer.name} "
                      f"{np.median(np.array(medians[peer.name]) / np.array(medians[engine.name])):.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True, help="DeepVision.TorchServer")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--models", default="resnet50")
    parser.add_argument("--batches", default="1,8")
    parser.add_argument("--precisions", default="float32", help="of float32, tf32, float16, bfloat16")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--runs", type=int, default=5, help="runs of each engine in a round")
    options = parser.parse_args()
    failures = 0
    for name in options.models.split(","):
        for batch in map(int, options.batches.split(",")):
            for precision in options.precisions.split(","):
                failures += not measure(options, name, batch, precision)
    sys.exit(1 if failures else 0)


def measure(options, name, batch, precision):
    """One group; whether it was measured. One that fails, for want of memory perhaps, does not take the others along."""
    label = f"{name} b{batch} {precision} {options.device}"
    with tempfile.TemporaryDirectory() as folder:
        weights, image, _ = prepare(folder, name, peer_models.MODELS[name], batch, SIZES[name])
        prepared = Preparation(options, folder)
        try:
            with running(commands(options, name, batch, precision, weights, image), prepared) as engines:
                compare(engines, options, label, prepared)
            return True
        except EngineFailure as failure:
            print(f"\nfailed {label}: {failure}", flush=True)
            return False


if __name__ == "__main__":
    main()
