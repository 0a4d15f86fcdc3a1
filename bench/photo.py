"""The whole path: from a JPEG file of 12 megapixels to ResNet-50's five best classes; see ./bench/photo.sh --help.

DeepVision as it reads files by default, DeepVision with every pixel decoded, and Pillow with torchvision's transforms and PyTorch's
optimize_for_inference: each in a process of its own, in rounds, the others stopped. Ends with 1 where outputs disagree.
"""
import argparse
import os
import sys
import tempfile

import numpy as np
from PIL import Image

import report
from engine import EngineFailure, running
from options import positive
from yardstick import workload

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = "resnet50"
SIDES = (4000, 3000)
QUALITY = 90
# Every pixel is decoded by both, so that only the networks' rounding is between them.
LARGEST_DIFFERENCE = 1e-3


def parse():
    parser = argparse.ArgumentParser(prog="./bench/photo.sh", description="From a JPEG file of 12 megapixels to ResNet-50's result.")
    parser.add_argument("--photo", required=True, help="any photograph; brought to 4000 x 3000 (or upright) and quality 90 in a temporary folder")
    parser.add_argument("--threads", type=positive, default=2, help="of each engine; default 2")
    parser.add_argument("--rounds", type=positive, default=9, help="default 9")
    parser.add_argument("--runs", type=positive, default=5, help="of each engine in a round; default 5")
    parser.add_argument("--server", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--cache", default="artifacts/bench", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.cache, options.peers = os.path.abspath(options.cache), []
    return options


def enlarge(source, target):
    """A real photograph with as many pixels as a camera's."""
    with Image.open(source) as image:
        sides = SIDES if image.width >= image.height else SIDES[::-1]
        image.convert("RGB").resize(sides, Image.BICUBIC).save(target, quality=QUALITY)


def commands(options, photo):
    weights, _, _ = workload(options, MODEL, 1)
    arguments = [f"model={MODEL}", f"weights={weights}", f"photo={photo}", f"threads={options.threads}"]
    yield "deepvision", ["dotnet", options.server, *arguments, "decode=reduced"]
    yield "every-pixel", ["dotnet", options.server, *arguments, "decode=full"]
    yield "pytorch", [sys.executable, os.path.join(HERE, "peer_photo.py"), *arguments]


def prepare(folder):
    def ask(engine):
        engine.ask("output " + os.path.join(folder, engine.name))
        engine.run(5)
    return ask


def compare(folder):
    """The largest difference of logits over the largest logit between all pixels decoded here and by Pillow, and reduced."""
    logits = {name: np.fromfile(os.path.join(folder, name), np.float32) for name in ("deepvision", "every-pixel", "pytorch")}
    found = {name: report.difference({"logits": logits[name]}, {"logits": logits["pytorch"]}) for name in ("deepvision", "every-pixel")}
    for name, difference in found.items():
        print(f"agree photo {name} {difference:.2e}")
    # Reduced decoding is held to its limits, in gray levels, by tests.
    if found["every-pixel"] <= LARGEST_DIFFERENCE:
        return []
    return [f"every-pixel and pytorch differ by {found['every-pixel']:.2e}, allowed are {LARGEST_DIFFERENCE:.0e}"]


def main():
    options = parse()
    with tempfile.TemporaryDirectory() as folder:
        photo = os.path.join(folder, "photo.jpg")
        enlarge(options.photo, photo)
        print(f"{MODEL}, a JPEG file of {SIDES[0] * SIDES[1] / 1e6:.0f} megapixels and {os.path.getsize(photo) / 1e6:.1f} MB, "
              f"{options.threads} threads", flush=True)
        try:
            with running(list(commands(options, photo)), prepare(folder)) as engines:
                wrong = compare(folder)
                of_rounds = []
                for _ in range(options.rounds):
                    of_rounds.append({})
                    for engine in engines:
                        times = engine.run(options.runs)
                        engine.times += times
                        of_rounds[-1][engine.name] = float(np.median(times))
                rows = [report.Row(engine.name, engine.times, engine.peak_memory(), [engine.seconds_to_ready], engine.description)
                        for engine in engines]
                print("\n".join(report.table(f"{options.rounds} rounds of {options.runs} runs", rows)))
                for engine in engines[:2]:
                    print(f"stages {engine.name} " + engine.ask("stages 15"))
        except (EngineFailure, report.Disagreement) as failure:
            sys.exit(f"failed photo: {failure}")
    for name in ("deepvision", "every-pixel"):
        print(f"ratio photo {name} {report.ratio(of_rounds, 'pytorch', name):.2f}")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
