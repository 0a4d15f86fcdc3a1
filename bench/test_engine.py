"""Tests of engine.py: python3 -m unittest discover -s bench. They start small processes that speak an engine's language."""
import os
import signal
import subprocess
import sys
import textwrap
import time
import unittest

from engine import EngineFailure, running

GOOD = "import sys; print('ready good', flush=True); [print('1.5 2.5', flush=True) for line in sys.stdin if line.strip()]"
LATE = "import sys, time; print('ready late', flush=True); sys.stdin.readline(); sys.exit(3)"
BAD = "import sys; sys.exit('no such model')"


def command(name, text):
    return name, [sys.executable, "-c", text]


def state(pid):
    """The letter that the kernel gives a process; None where there is none."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(") ", 1)[1][0]
    except FileNotFoundError:
        return None


class EngineTests(unittest.TestCase):
    def test_engines_that_are_not_asked_are_stopped_and_end_with_the_block(self):
        with running([command("a", GOOD), command("b", GOOD)], lambda engine: engine.run(1)) as engines:
            self.assertEqual([1.5, 2.5], engines[0].run(2))
            self.assertEqual("good", engines[1].description)
            # The signal that stops it may still be on its way.
            while state(engines[0].process.pid) not in ("T", None):
                pass
            pids = [engine.process.pid for engine in engines]
        self.assertEqual([None, None], [state(pid) for pid in pids])

    def test_a_failure_leaves_no_process_behind(self):
        for text, words in ((BAD, "bad ended with exit code 1"), (LATE, "bad ended with exit code 3")):
            pids = []

            def prepare(engine):
                pids.append(engine.process.pid)
                engine.run(1)

            with self.assertRaisesRegex(EngineFailure, words):
                with running([command("good", GOOD), command("bad", text)], prepare):
                    self.fail("it must not come so far")
            self.assertEqual([None] * len(pids), [state(pid) for pid in pids])

    def test_an_engine_may_be_left_out_and_the_others_go_on(self):
        said = []

        def leave_out(name, failure):
            said.append((name, str(failure)))
            return name == "bad"

        with running([command("good", GOOD), command("bad", BAD)], lambda engine: engine.run(1), leave_out) as engines:
            self.assertEqual(["good"], [engine.name for engine in engines])
        self.assertEqual([("bad", "bad ended with exit code 1 before it answered")], said)

    def test_memory_and_the_time_to_the_first_result_are_those_of_the_process(self):
        text = "import time; time.sleep(0.2); block = bytes(range(256)) * 400_000; " + GOOD
        with running([(*command("a", text), {"SAID": "x"})], lambda engine: engine.run(1)) as (engine,):
            self.assertGreater(engine.peak_memory(), 100e6)
            self.assertGreater(engine.seconds_to_ready, 0.2)
            with open(f"/proc/{engine.process.pid}/environ") as file:
                self.assertIn("SAID=x", file.read().split("\0"))

    def test_the_kernel_ends_the_engines_of_a_killed_benchmark(self):
        benchmark, pid = self.benchmark()
        benchmark.kill()
        benchmark.communicate()
        for _ in range(1000):
            if state(pid) in ("Z", None):
                break
            time.sleep(0.01)
        self.assertIn(state(pid), ("Z", None))

    def test_an_answer_that_is_no_times_is_named(self):
        text = "import sys; print('ready x', flush=True); sys.stdin.readline(); print('out of memory', flush=True); sys.stdin.readline()"
        with self.assertRaisesRegex(EngineFailure, "x was asked for times and answered: out of memory"):
            with running([command("x", text)], lambda engine: engine.run(1)):
                self.fail("it must not come so far")

    def test_a_terminated_or_interrupted_benchmark_ends_its_engines(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            benchmark, pid = self.benchmark()
            benchmark.send_signal(number)
            benchmark.communicate()
            self.assertIsNone(state(pid))

    def benchmark(self):
        """A benchmark that waits with one stopped engine, and that engine's process."""
        script = textwrap.dedent(f"""
            from engine import running
            with running([("a", [{sys.executable!r}, "-c", {GOOD!r}])], lambda engine: engine.run(1)) as engines:
                print(engines[0].process.pid, flush=True)
                input()
        """)
        benchmark = subprocess.Popen([sys.executable, "-c", script], cwd=os.path.dirname(os.path.abspath(__file__)),
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return benchmark, int(benchmark.stdout.readline())


if __name__ == "__main__":
    unittest.main()
