"""An engine of a side-by-side benchmark: a process that is stopped while another one is timed."""
import signal
import subprocess
import sys


class Engine:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        words = self.read()
        if not words.startswith("ready "):
            sys.exit(f"{name} did not start: {words}")
        self.description = words[len("ready "):]
        self.times = []

    def read(self):
        return self.process.stdout.readline().strip()

    def ask(self, command):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.read()
        self.process.send_signal(signal.SIGSTOP)
        return answer

    def run(self, runs):
        return [float(word) for word in self.ask(f"run {runs}").split()]

    def close(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.communicate("\n")
