"""DeepVision and PyTorch side by side: the same weights and input, each in a process of its own, in alternating rounds.

The process that is not being timed is stopped. Prints, for each engine, the median, best and 90th percentile of all runs and
the peak resident memory, then lines that scripts read: agree, ms and ratio.
"""
import argparse
import os
import sys
import tempfile

import numpy as np
import torchvision

from engine import EngineFailure, running
from workload import prepare


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True, help="DeepVision.BenchServer.dll")
    parser.add_argument("--model", default="resnet50")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--runs", type=int, default=10, help="runs of each engine in a round")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        weights, image, floats = prepare(
            folder, options.model, getattr(torchvision.models, options.model), options.batch, options.size)
        arguments = [options.model, weights, image, str(options.batch), str(options.size), str(options.size), str(options.threads)]
        peer_script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer_pytorch.py")
        outputs = []

        def prepare_engine(engine):
            path = os.path.join(folder, engine.name + ".f32")
            engine.ask("output " + path)
            outputs.append(np.fromfile(path, np.float32))
            engine.run(options.runs)

        commands = [("deepvision", ["dotnet", options.server, *arguments]),
                    ("pytorch-frozen", [sys.executable, peer_script, *arguments])]
        try:
            with running(commands, prepare_engine) as engines:
                compare(engines, options, outputs, floats)
        except EngineFailure as failure:
            sys.exit(str(failure))


def compare(engines, options, outputs, floats):
    difference = np.abs(outputs[0] - outputs[1]).max() / np.abs(outputs[1]).max()
    ratios = []
    for _ in range(options.rounds):
        medians = []
        for engine in engines:
            times = engine.run(options.runs)
            engine.times += times
            medians.append(np.median(times))
        ratios.append(medians[1] / medians[0])
    print(f"{options.model}, batch {options.batch}, {options.size} x {options.size}, {options.threads} threads, "
          f"{options.rounds} rounds of {options.runs} runs")
    for engine in engines:
        peak = int(engine.ask("peak"))
        print(f"  {engine.name:15} median {np.median(engine.times):7.2f} ms, best {min(engine.times):7.2f}, "
              f"90th percentile {np.percentile(engine.times, 90):7.2f}, peak memory {peak / 1e6:.0f} MB "
              f"({peak / (4 * floats):.2f} x the float32 weights); {engine.description}")
    print(f"agree {options.model} {engines[1].name} {difference:.2e}")
    for engine in engines:
        print(f"ms {options.model} b{options.batch} {engine.name} {np.median(engine.times):.2f}")
    print(f"ratio {options.model} b{options.batch} {engines[1].name} {np.median(ratios):.3f}")


if __name__ == "__main__":
    main()
