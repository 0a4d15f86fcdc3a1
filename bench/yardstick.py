"""DeepVision's CPU engine beside its peers: the same weights and inputs, each in a process of its own; see ./bench.sh --help.

Outputs are compared first; then all are timed in rounds, one engine after the other, while the others are stopped. Ends with 1
where something failed; a peer that cannot be had here is only said.
"""
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np

import peers
import report
from engine import EngineFailure, running
from options import groups, parse
from sizes import SIZES, paths

LARGEST_DIFFERENCE = 1e-4
CALLERS_SECONDS = 3
# What the generated files depend on.
SOURCES = ["generate.py", "workload.py", "networks.py", "peer_models.py", "sizes.py"]


def workload(options, model, batch):
    """Weights, input and ONNX file, made where they are missing."""
    text = b"".join(open(os.path.join(peers.HERE, name), "rb").read() for name in SOURCES)
    folder = os.path.join(options.cache, "workload-" + hashlib.sha256(text).hexdigest()[:12])
    for stale in glob.glob(os.path.join(options.cache, "workload-*")):
        if stale != folder:
            shutil.rmtree(stale)
    onnx = ["--onnx"] if "onnxruntime" in options.peers else []
    subprocess.run([sys.executable, os.path.join(peers.HERE, "generate.py"), folder, model, str(batch), *onnx], check=True)
    return paths(folder, model, batch)


class Group:
    """The engines on one model and batch."""

    def __init__(self, options, model, batch, lines):
        self.options, self.model, self.batch, self.lines = options, model, batch, lines
        self.title = (f"{model}, batch {batch}, {SIZES[model]} x {SIZES[model]}, {options.threads} "
                      f"thread{'s' if options.threads > 1 else ''}, {options.isa}")
        self.missing, self.failures = {}, []
        self.reference, self.warm, self.first_results = None, {}, {}

    def measure(self):
        """Prints the table. Whether all went well."""
        print(f"\n{self.title}", flush=True)
        try:
            with tempfile.TemporaryDirectory() as folder:
                self.folder = folder
                with running(list(self.commands()), self.prepare, self.leave_out) as engines:
                    self.time(engines)
        except (EngineFailure, report.Disagreement, subprocess.CalledProcessError) as failure:
            self.failures.append(f"failed {self.model} b{self.batch}: {failure}")
        for name, reason in self.missing.items():
            print(f"  {name:16}missing: {reason}")
        for failure in self.failures:
            print(failure)
        return not self.failures

    def commands(self):
        weights, image, onnx = workload(self.options, self.model, self.batch)
        arguments = [f"model={self.model}", f"input={image}", f"batch={self.batch}", f"height={SIZES[self.model]}",
                     f"width={SIZES[self.model]}", f"threads={self.options.threads}", f"isa={self.options.isa}"]
        for name in ["deepvision", *self.options.peers]:
            try:
                yield name, *peers.engine_command(name, self.options, arguments, weights, onnx)
            except peers.Missing as reason:
                self.missing[name] = str(reason)

    def leave_out(self, name, failure):
        """A peer that did not start is told of, and the others are timed; it counts as a failure."""
        if name != "deepvision":
            self.failures.append(f"failed {self.model} b{self.batch} {name}: {failure}")
        return name != "deepvision"

    def prepare(self, engine):
        """Holds its outputs against DeepVision's, which come first, starts it some more times, and warms it up."""
        path = os.path.join(self.folder, "output")
        answer = engine.ask("output " + path)
        outputs = report.split(np.fromfile(path, np.float32), answer)
        if self.reference is None:
            self.reference = outputs
        else:
            found = report.difference(self.reference, outputs)
            self.lines.agree(self.model, engine.name, found)
            if found > LARGEST_DIFFERENCE:
                raise report.Disagreement(f"{engine.name} and deepvision differ by {found:.2e}, allowed are {LARGEST_DIFFERENCE:.0e}")
        self.first_results[engine.name] = [engine.seconds_to_ready] + [again(engine) for _ in range(self.options.starts - 1)]
        times = engine.run(3)
        while sum(times) < 1000:
            times += engine.run(3)
        self.warm[engine.name] = float(np.median(times))

    def time(self, engines):
        runs = report.runs_in_a_round(self.warm.values())
        of_rounds = []
        for _ in range(self.options.rounds):
            of_rounds.append({})
            for engine in engines:
                times = engine.run(runs)
                engine.times += times
                of_rounds[-1][engine.name] = float(np.median(times))
        rows = [report.Row(engine.name, engine.times, engine.peak_memory(), self.first_results[engine.name], engine.description)
                for engine in engines]
        print("\n".join(report.table(f"{self.options.rounds} rounds of {runs} runs", rows)))
        if self.batch == 1 and self.options.callers:
            print(report.throughput({callers: float(engines[0].ask(f"callers {callers} {CALLERS_SECONDS}"))
                                     for callers in self.options.callers}))
        self.lines.group(self.model, self.batch, rows, of_rounds)


def again(engine):
    """Seconds from the start of another such process to its first result."""
    with running([(engine.name, engine.command, engine.environment)], lambda _: None) as (other,):
        return other.seconds_to_ready


def main():
    options = parse()
    os.makedirs(options.cache, exist_ok=True)
    with open("/proc/cpuinfo") as file:
        processors = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    print(f"{len(processors)} processors: {processors[0] if processors else 'unknown'}")
    lines = report.Lines()
    try:
        results = [Group(options, model, batch, lines).measure() for model, batch in groups(options)]
    except KeyboardInterrupt:
        sys.exit(130)
    print("\n" + "\n".join(lines.all()))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
