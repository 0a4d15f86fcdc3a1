"""From the start of a process to its first result: DeepVision as it is built by default, ReadyToRun and Native AOT, and ONNX Runtime.

All programs are started in turns, one at a time; the files that they read are in the page cache. See ./bench/start.sh.
"""
import argparse
import os
import statistics
import subprocess
import sys

import peers
import yardstick
from engine import EngineFailure, running
from sizes import SIZES

PROJECT = os.path.join(peers.HERE, "DeepVision.StartProgram")
NATIVE = ["-r", "linux-x64", "-p:PublishAot=true", "-p:IlcInstructionSet=native", "-p:CppCompilerAndLinker=gcc"]
VARIANTS = {
    "default": ["-p:UseAppHost=false"],
    "readytorun": ["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"],
    "aot": NATIVE,
}


def publish(variant, folder):
    """The command that starts a variant. Raises Missing where it cannot be published here."""
    target = os.path.join(folder, "start-" + variant)
    print(f"Publishing {os.path.relpath(target)}", flush=True)
    peers.quietly(["dotnet", "publish", PROJECT, "-c", "Release", "-v", "quiet", "-nologo", "-o", target, *VARIANTS[variant]])
    program = os.path.join(target, "DeepVision.StartProgram")
    return [program] if variant != "default" else ["dotnet", program + ".dll"]


def commands(options, model):
    weights, image, onnx = yardstick.workload(options, model, 1)
    arguments = [f"model={model}", f"input={image}", "batch=1", f"height={SIZES[model]}", f"width={SIZES[model]}",
                 f"threads={options.threads}", "isa=native"]
    for variant in VARIANTS:
        try:
            yield variant, publish(variant, options.cache) + [*arguments, f"weights={weights}"], {}
        except peers.Missing as reason:
            print(f"{variant}: missing: {reason}")
    try:
        yield "onnxruntime", *peers.engine_command("onnxruntime", options, arguments, weights, onnx)
    except peers.Missing as reason:
        print(f"onnxruntime: missing: {reason}")


def main():
    parser = argparse.ArgumentParser(prog="./bench/start.sh", description="From the start of a process to its first result.")
    parser.add_argument("--model", choices=list(SIZES), default="resnet50")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--starts", type=int, default=7, help="of each program; default 7")
    parser.add_argument("--cache", default="artifacts/bench", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.cache, options.peers, options.isa = os.path.abspath(options.cache), ["onnxruntime"], "native"
    os.makedirs(options.cache, exist_ok=True)
    programs = list(commands(options, options.model))
    seconds = {name: [] for name, _, _ in programs}
    memory = {}
    # One turn more, whose times do not count: it brings all files to the page cache.
    for turn in range(options.starts + 1):
        for program in programs:
            with running([program], lambda _: None) as (engine,):
                memory[engine.name] = engine.peak_memory()
                seconds[engine.name] += [engine.seconds_to_ready] if turn else []
    print(f"\n{options.model}, {options.threads} threads, {options.starts} starts of each in turns; ms to the first result")
    print(f"{'':16}{'median':>8}{'best':>8}{'worst':>8}{'peak MB':>9}")
    for name, times in seconds.items():
        print(f"{name:16}{statistics.median(times) * 1e3:8.0f}{min(times) * 1e3:8.0f}{max(times) * 1e3:8.0f}{memory[name] / 1e6:9.0f}")


if __name__ == "__main__":
    try:
        main()
    except (EngineFailure, subprocess.CalledProcessError) as failure:
        sys.exit(f"failed: {failure}")
