"""The command line of the yardstick."""
import argparse
import os

from peers import PEERS
from sizes import SIZES


def names(allowed):
    def parse(text):
        found = [word for word in text.split(",") if word]
        for word in found:
            if word not in allowed:
                raise argparse.ArgumentTypeError(f"'{word}' is none of {', '.join(allowed)}")
        return found
    return parse


def numbers(text):
    return [positive(word) for word in text.split(",")]


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not positive")
    return value


def parse(arguments=None):
    parser = argparse.ArgumentParser(
        prog="./bench.sh", description="DeepVision's CPU engine beside ONNX Runtime and PyTorch on the same weights and inputs.")
    parser.add_argument("--quick", action="store_true", help="resnet50 and mobilenet_v2, batch 1, 3 rounds, one start, one caller")
    parser.add_argument("--models", type=names(list(SIZES)), help="of " + ", ".join(SIZES) + "; all by default")
    parser.add_argument("--batches", type=numbers, help="default 1,8, and 1 for RetinaNet")
    parser.add_argument("--threads", type=positive, default=2, help="of each engine; default 2")
    parser.add_argument("--isa", choices=["native", "avx2"], default="native", help="avx2 holds all engines to it")
    parser.add_argument("--peers", type=names(PEERS), default=PEERS, help="of " + ",".join(PEERS) + "; all by default")
    parser.add_argument("--rounds", type=positive, help="default 9")
    parser.add_argument("--starts", type=positive, help="of each engine, for the time from process start to first result; default 3")
    parser.add_argument("--callers", type=numbers, help="throughput of DeepVision with so many callers; default 1,2,4,8")
    parser.add_argument("--server", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--cache", default="artifacts/bench", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.cache = os.path.abspath(options.cache)
    quick = options.quick
    options.models = options.models or (["resnet50", "mobilenet_v2"] if quick else list(SIZES))
    options.rounds = options.rounds or (3 if quick else 9)
    options.starts = options.starts or (1 if quick else 3)
    options.callers = options.callers or ([] if quick else [1, 2, 4, 8])
    return options


def groups(options):
    """The pairs of model and batch to measure."""
    for model in options.models:
        default = [1] if options.quick or model == "retinanet_resnet50_fpn" else [1, 8]
        for batch in options.batches or default:
            yield model, batch
