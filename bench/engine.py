"""The engines of a side-by-side benchmark: processes that are stopped while another one is timed."""
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1


class EngineFailure(Exception):
    """An engine did not start, or ended before it answered."""


class Engine:
    """A process that says "ready ..." and then answers a line with a line.

    A Ctrl-C reaches only the benchmark, which ends its engines; where the benchmark is killed, the kernel ends them.
    """

    def __init__(self, name, command, environment=None):
        self.name, self.command, self.environment = name, command, environment or {}
        self.times = []
        self.description = ""
        self.seconds_to_ready = 0.0
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **self.environment},
            start_new_session=True, preexec_fn=end_with_parent)

    def await_ready(self):
        words = self.read()
        self.seconds_to_ready = time.perf_counter() - self.started
        if not words.startswith("ready "):
            raise EngineFailure(f"{self.name} did not start: {words}")
        self.description = words[len("ready "):]

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise EngineFailure(f"{self.name} ended with exit code {self.process.wait()} before it answered")
        return line.strip()

    def ask(self, command):
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended: reading says how.
        answer = self.read()
        self.process.send_signal(signal.SIGSTOP)
        return answer

    def run(self, runs):
        answer = self.ask(f"run {runs}")
        try:
            return [float(word) for word in answer.split()]
        except ValueError:
            raise EngineFailure(f"{self.name} was asked for times and answered: {answer}") from None

    def peak_memory(self):
        """The most bytes that were resident at once, by the kernel's count."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))

    def close(self):
        """Ends the process, whether it is stopped, busy or gone already."""
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.communicate("\n", timeout=20)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@contextlib.contextmanager
def running(commands, prepare, leave_out=lambda name, failure: False):
    """Starts one engine after the other and lets prepare(engine) ask it first; the engines before it are stopped meanwhile.

    commands: a name, a command and, where it has one, an environment for each. leave_out(name, failure) says whether the others
    go on without an engine that did not come through its preparation. However it ends, no process is left behind.
    """
    # A plain kill skips what is in "finally"; an exit does not.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(f"ended by {signal.Signals(number).name}"))
    engines = []
    try:
        for name, *command in commands:
            engines.append(Engine(name, *command))
            try:
                engines[-1].await_ready()
                prepare(engines[-1])
            except EngineFailure as failure:
                if not leave_out(name, failure):
                    raise
                engines.pop().kill()
        yield engines
        for engine in engines:
            engine.close()
    finally:
        for engine in engines:
            if engine.process.poll() is None:
                engine.kill()
