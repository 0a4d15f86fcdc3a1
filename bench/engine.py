"""The engines of a side-by-side benchmark: processes that are stopped while another one is timed."""
import contextlib
import signal
import subprocess
import sys


class EngineFailure(Exception):
    """An engine did not start, or ended before it answered."""


class Engine:
    def __init__(self, name, command):
        self.name = name
        self.times = []
        self.description = ""
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def await_ready(self):
        words = self.read()
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

    def close(self):
        """Ends the process, whether it is stopped, busy or gone already."""
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.communicate("\n", timeout=20)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def running(commands, prepare):
    """Starts one engine after the other and lets prepare(engine) ask it first; the engines before it are stopped meanwhile.

    commands: pairs of a name and a command. However it ends, no process is left behind, stopped or not.
    """
    # A plain kill skips what is in "finally"; an exit does not.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
    engines = []
    try:
        for name, command in commands:
            engines.append(Engine(name, command))
            engines[-1].await_ready()
            prepare(engines[-1])
        yield engines
    finally:
        for engine in engines:
            engine.close()
