"""The TorchSharp runtime and Python's PyTorch side by side: the same weights and input, each in a process of its own, in
alternating rounds; the input lies on the device already and outputs stay there.

    bench/torch.sh [--threads N] [--batches 1,8]                       on this machine's CPU
    python3 bench/compare_torch.py --server PROGRAM --device cuda      on a machine with a GPU; see bench/gpu/run.sh

Prints for each group a table and lines that scripts read: agree, ms and ratio (peer / DeepVision, medians of rounds).
"""
import argparse
import os
import subprocess
import sys
import tempfile

import numpy as np

import peer_models
from engine import Engine
from workload import prepare

SIZES = {"resnet50": 224, "retinanet_resnet50_fpn": 640}
# name, memory format, batch norm of DeepVision (None: a PyTorch peer), mode of the peer
CPU = [("deepvision", "contiguous", "separate", None), ("pytorch", "contiguous", None, "eager"),
       ("deepvision-cl", "channels-last", "separate", None), ("pytorch-cl", "channels-last", None, "eager"),
       ("deepvision-folded-cl", "channels-last", "folded", None)]
CUDA = [("deepvision", "channels-last", "separate", None), ("deepvision-folded", "channels-last", "folded", None),
        ("pytorch", "channels-last", None, "eager"), ("pytorch-compile", "channels-last", None, "compile")]


def gpu_memory(process):
    """MiB that the driver counts for a process; None without a driver that says it."""
    try:
        text = subprocess.run(["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"],
                              capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    rows = [line.split(",") for line in text.splitlines() if "," in line]
    return next((int(memory) for pid, memory in rows if int(pid) == process.pid), None)


def start(server, options, name, batch, precision, weights, image):
    here = os.path.dirname(os.path.abspath(__file__))
    command = ["dotnet", server] if server.endswith(".dll") else [server]
    engines = []
    for title, memory_format, norm, mode in CUDA if options.device == "cuda" else CPU:
        arguments = [f"model={name}", f"weights={weights}", f"input={image}", f"batch={batch}", f"height={SIZES[name]}",
                     f"width={SIZES[name]}", f"device={options.device}", f"precision={precision}", f"format={memory_format}"]
        if options.device == "cpu":
            arguments.append(f"threads={options.threads}")
        if norm:
            engines.append(Engine(title, [*command, "serve", *arguments, f"norm={norm}"]))
        else:
            engines.append(Engine(title, [sys.executable, os.path.join(here, "peer_torch.py"), *arguments, f"mode={mode}"]))
    return engines


def compare(engines, options, folder, label):
    outputs = {}
    for engine in engines:
        path = os.path.join(folder, engine.name + ".f32")
        engine.ask("output " + path)
        outputs[engine.name] = np.fromfile(path, np.float32)
        os.remove(path)
        engine.run(options.runs)
    medians = {engine.name: [] for engine in engines}
    for _ in range(options.rounds):
        for engine in engines:
            times = engine.run(options.runs)
            engine.times += times
            medians[engine.name].append(np.median(times))
    print(f"\n{label}: {options.rounds} rounds of {options.runs} runs")
    for engine in engines:
        memory = gpu_memory(engine.process) if options.device == "cuda" else None
        print(f"  {engine.name:21} median {np.median(engine.times):8.2f} ms, best {min(engine.times):8.2f}, 90th percentile "
              f"{np.percentile(engine.times, 90):8.2f}{f', GPU memory {memory} MiB' if memory else ''}; {engine.description}")
    reference = outputs["pytorch"]
    for engine in engines:
        if engine.name != "pytorch":
            print(f"agree {label} {engine.name} {np.abs(outputs[engine.name] - reference).max() / np.abs(reference).max():.2e}")
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
    for name in options.models.split(","):
        for batch in map(int, options.batches.split(",")):
            for precision in options.precisions.split(","):
                with tempfile.TemporaryDirectory() as folder:
                    weights, image, _ = prepare(folder, name, peer_models.MODELS[name], batch, SIZES[name])
                    engines = start(options.server, options, name, batch, precision, weights, image)
                    compare(engines, options, folder, f"{name} b{batch} {precision} {options.device}")
                    for engine in engines:
                        engine.close()


if __name__ == "__main__":
    main()
