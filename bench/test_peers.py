"""Tests of peers.py and hide_avx512.c: python3 -m unittest discover -s bench."""
import argparse
import os
import shutil
import subprocess
import tempfile
import unittest
from unittest import mock

import peers

SERVER = os.path.join(peers.HERE, "DeepVision.OnnxRuntimeServer", "bin", "Release", "net10.0", "DeepVision.OnnxRuntimeServer.dll")

PROGRAM = """
#include <cpuid.h>
#include <dlfcn.h>
#include <pthread.h>
static unsigned bits(unsigned leaf) { unsigned a, b, c, d; __cpuid_count(leaf, 0, a, b, c, d); return b; }
static void *thread(void *found) { *(unsigned *)found = bits(7); return 0; }
int main(void)
{
    unsigned before = bits(7), vendor = bits(0), inside = ~0u;
    pthread_t other;
    dlopen("libonnxruntime-that-is-not-there.so", RTLD_LAZY);
    pthread_create(&other, 0, thread, &inside);
    pthread_join(other, 0);
    unsigned hidden = 1u << 16, kept = 1u << 5;
    return !(before & hidden) ? 1 : bits(7) & hidden ? 2 : inside & hidden ? 3 : !(inside & bits(7) & kept) ? 4 : bits(0) != vendor ? 5 : 0;
}
"""

# Does what hide_avx512.c does, but for the hiding, so that it runs on every processor.
ANNOUNCER = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
void *dlopen(const char *file, int flags)
{
    void *(*next)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
    if (file != 0 && strstr(file, "onnxruntime") != 0)
        setenv("DEEPVISION_AVX512_HIDDEN", "1", 1);
    return next(file, flags);
}
"""


def options(cache, isa):
    return argparse.Namespace(cache=cache, isa=isa, threads=3, server="server.dll")


class PeerTests(unittest.TestCase):
    def setUp(self):
        self.cache = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.cache)
        silence = mock.patch("builtins.print")
        silence.start()
        self.addCleanup(silence.stop)

    def command(self, name, isa="native"):
        return peers.engine_command(name, options(self.cache, isa), ["model=x"], "w.pth", "m.onnx")

    def install(self):
        folder = os.path.join(self.cache, "DeepVision.OnnxRuntimeServer", "bin", "Release", "net10.0")
        os.makedirs(folder)
        open(os.path.join(folder, "DeepVision.OnnxRuntimeServer.dll"), "w").close()
        here = mock.patch.object(peers, "HERE", self.cache)
        here.start()
        self.addCleanup(here.stop)

    def test_every_engine_can_be_held_to_avx2(self):
        self.install()
        with mock.patch.object(peers, "cpu_flags", return_value={"avx512f", "cpuid_fault"}), mock.patch.object(peers, "quietly"):
            switches = {name: self.command(name, "avx2")[1] for name in ["deepvision", *peers.PEERS]}
        self.assertEqual("0", switches["deepvision"]["DOTNET_EnableAVX512"])
        self.assertTrue(switches["onnxruntime"]["LD_PRELOAD"].endswith("libhide_avx512.so"))
        for name in ("pytorch", "pytorch-frozen"):
            self.assertEqual(("AVX2", "avx2"), (switches[name]["ONEDNN_MAX_CPU_ISA"], switches[name]["ATEN_CPU_CAPABILITY"]))

    def test_natively_nothing_is_held_back_and_all_have_the_same_threads(self):
        self.install()
        self.assertEqual({}, self.command("deepvision")[1])
        for name in peers.PEERS:
            self.assertEqual({"OMP_NUM_THREADS": "3", "OPENBLAS_NUM_THREADS": "3"}, self.command(name)[1])

    def test_a_peer_that_cannot_be_had_is_missing_with_the_reason(self):
        with mock.patch.object(peers, "HERE", self.cache):
            with self.assertRaisesRegex(peers.Missing, "OnnxRuntimeServer is not built"):
                self.command("onnxruntime")
        with self.assertRaisesRegex(peers.Missing, "false failed: exit code 1"):
            peers.quietly(["false"])
        self.install()
        with mock.patch.object(peers, "cpu_flags", return_value={"avx512f"}):
            with self.assertRaisesRegex(peers.Missing, "no CPUID faulting"):
                self.command("onnxruntime", "avx2")

    @unittest.skipUnless(shutil.which("gcc") and os.path.exists(SERVER), "needs gcc and bench/DeepVision.OnnxRuntimeServer, which ./bench.sh builds")
    def test_onnxruntime_is_asked_for_avx2_after_its_library_is_open(self):
        source, library = os.path.join(self.cache, "announcer.c"), os.path.join(self.cache, "libannouncer.so")
        with open(source, "w") as file:
            file.write(ANNOUNCER)
        peers.quietly(["gcc", "-shared", "-fPIC", "-o", library, source, "-ldl"])
        arguments = ["weights=missing.onnx", "input=missing", "batch=1", "height=8", "width=8", "threads=1", "isa=avx2"]
        for preloaded, expected in [({"LD_PRELOAD": library}, "missing.onnx"), ({}, "AVX-512 is not hidden from it")]:
            environment = {name: value for name, value in os.environ.items() if name != "DEEPVISION_AVX512_HIDDEN"} | preloaded
            done = subprocess.run(["dotnet", SERVER, *arguments], env=environment, capture_output=True, text=True, timeout=120)
            self.assertNotEqual(0, done.returncode)
            self.assertIn(expected, done.stderr)

    @unittest.skipUnless(shutil.which("gcc") and {"avx512f", "cpuid_fault"} <= peers.cpu_flags(),
                         "needs gcc and a processor with AVX-512 and CPUID faulting")
    def test_avx512_is_hidden_from_the_library_and_its_threads_and_nothing_else_is(self):
        source, program = os.path.join(self.cache, "program.c"), os.path.join(self.cache, "program")
        with open(source, "w") as file:
            file.write(PROGRAM)
        library = peers.avx512_hider(self.cache)
        peers.quietly(["gcc", "-pthread", "-o", program, source, "-ldl"])
        self.assertEqual(0, subprocess.run([program], env={"LD_PRELOAD": library}).returncode)
        self.assertEqual(2, subprocess.run([program]).returncode)


if __name__ == "__main__":
    unittest.main()
