"""The TorchSharp runtime and Python's PyTorch side by side: the same weights and input, in alternating rounds.

Each engine is a process of its own, stopped while it is not being timed. Prints the median, best and 90th percentile of each,
how far the outputs are apart, and ratios of medians, taken round by round.
"""
import argparse
import os
import sys
import tempfile

import numpy as np

from compare import Engine, prepare

# (ours, the other, what is said of it): the other's time by ours.
RATIOS = [
    ("module", "python-contiguous", "module against Python, default format"),
    ("separate-channels-last", "python-channels-last", "channels last against Python in channels last"),
    ("folded-channels-last", "module", "folded and channels last against the module as it is built"),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True, help="DeepVision.TorchBenchServer.dll")
    parser.add_argument("--model", default="resnet50")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--runs", type=int, default=10, help="runs of each engine in a round")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        weights, image, _ = prepare(folder, options.model, options.batch, options.size, seed=1)
        arguments = [options.model, weights, image, str(options.batch), str(options.size), str(options.size), str(options.threads)]
        peer = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer_pytorch_eager.py")
        engines = {
            name: Engine(name, ["dotnet", options.server, *arguments, name])
            for name in ("module", "separate-channels-last", "folded-channels-last")
        }
        for layout in ("contiguous", "channels-last"):
            engines["python-" + layout] = Engine("python-" + layout, [sys.executable, peer, *arguments, layout])
        compare(engines, options, folder)
        for engine in engines.values():
            engine.close()


def compare(engines, options, folder):
    outputs = {}
    for name, engine in engines.items():
        path = os.path.join(folder, name + ".f32")
        engine.ask("output " + path)
        outputs[name] = np.fromfile(path, np.float32)
    for engine in engines.values():
        engine.run(options.runs)
    medians = {name: [] for name in engines}
    for _ in range(options.rounds):
        for name, engine in engines.items():
            times = engine.run(options.runs)
            engine.times += times
            medians[name].append(np.median(times))
    print(f"{options.model}, batch {options.batch}, {options.size} x {options.size}, {options.threads} threads, "
          f"{options.rounds} rounds of {options.runs} runs")
    expected = outputs["python-contiguous"]
    for name, engine in engines.items():
        difference = np.abs(outputs[name] - expected).max() / np.abs(expected).max()
        print(f"  {name:22} median {np.median(engine.times):7.2f} ms, best {min(engine.times):7.2f}, "
              f"90th percentile {np.percentile(engine.times, 90):7.2f}, peak memory {int(engine.ask('peak')) / 1e6:.0f} MB, "
              f"differs by {difference:.1e}; {engine.description}")
    for ours, other, what in RATIOS:
        ratio = np.median(np.array(medians[other]) / np.array(medians[ours]))
        print(f"ratio {options.model} b{options.batch} {ours} {ratio:.3f} ({what})")


if __name__ == "__main__":
    main()
