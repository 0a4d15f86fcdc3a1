"""Tests of engine.py: python3 -m unittest discover -s bench. They start small processes that speak an engine's language."""
import os
import subprocess
import sys
import textwrap
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

    def test_an_answer_that_is_no_times_is_named(self):
        text = "import sys; print('ready x', flush=True); sys.stdin.readline(); print('out of memory', flush=True); sys.stdin.readline()"
        with self.assertRaisesRegex(EngineFailure, "x was asked for times and answered: out of memory"):
            with running([command("x", text)], lambda engine: engine.run(1)):
                self.fail("it must not come so far")

    def test_a_terminated_benchmark_ends_its_engines(self):
        script = textwrap.dedent(f"""
            from engine import running
            with running([("a", [{sys.executable!r}, "-c", {GOOD!r}])], lambda engine: engine.run(1)) as engines:
                print(engines[0].process.pid, flush=True)
                input()
        """)
        benchmark = subprocess.Popen([sys.executable, "-c", script], cwd=os.path.dirname(os.path.abspath(__file__)),
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        pid = int(benchmark.stdout.readline())
        benchmark.terminate()
        benchmark.communicate()
        self.assertIsNone(state(pid))


if __name__ == "__main__":
    unittest.main()
