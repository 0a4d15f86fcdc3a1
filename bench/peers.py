"""How each engine of the yardstick is started, and what has to be there first."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ["onnxruntime", "pytorch", "pytorch-frozen"]


class Missing(Exception):
    """A peer cannot be had here, for the reason said."""


def cpu_flags():
    with open("/proc/cpuinfo") as file:
        return next((set(line.split(":", 1)[1].split()) for line in file if line.startswith("flags")), set())


def quietly(command, environment=None):
    """Runs a command of which nothing is shown unless it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    except FileNotFoundError:
        raise Missing(f"there is no {command[0]} here") from None
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise Missing(f"{command[0]} failed: {last}")


def onnxruntime_program():
    """The program over ONNX Runtime's package from NuGet, which bench.sh builds."""
    program = os.path.join(HERE, "DeepVision.OnnxRuntimeServer", "bin", "Release", "net10.0", "DeepVision.OnnxRuntimeServer.dll")
    if not os.path.exists(program):
        raise Missing("bench/DeepVision.OnnxRuntimeServer is not built; its package may not be on the feed")
    return program


def avx512_hider(cache):
    """The library that hides AVX-512 from ONNX Runtime; None where there is nothing to hide."""
    flags = cpu_flags()
    if "avx512f" not in flags:
        return None
    if "cpuid_fault" not in flags:
        raise Missing("ONNX Runtime cannot be held to AVX2 here: the processor has no CPUID faulting")
    source, library = os.path.join(HERE, "hide_avx512.c"), os.path.join(cache, "libhide_avx512.so")
    if not os.path.exists(library) or os.path.getmtime(library) < os.path.getmtime(source):
        print(f"Compiling {os.path.relpath(library)}", flush=True)
        quietly(["gcc", "-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"])
    return library


def engine_command(name, options, arguments, weights, onnx):
    """Command and environment of an engine; arguments are those that all engines share.

    Raises Missing where it cannot be had here.
    """
    avx2 = options.isa == "avx2"
    environment = {"OMP_NUM_THREADS": str(options.threads), "OPENBLAS_NUM_THREADS": str(options.threads)}
    if name == "deepvision":
        return ["dotnet", options.server, *arguments, f"weights={weights}"], {"DOTNET_EnableAVX512": "0"} if avx2 else {}
    if name == "onnxruntime":
        program = onnxruntime_program()
        if avx2 and (library := avx512_hider(options.cache)):
            environment["LD_PRELOAD"] = library
        elif avx2:
            environment["DEEPVISION_AVX512_HIDDEN"] = "1"
        return ["dotnet", program, *arguments, f"weights={onnx}"], environment
    if avx2:
        environment |= {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2", "OPENBLAS_CORETYPE": "Haswell"}
    mode = "frozen" if name == "pytorch-frozen" else "eager"
    return [sys.executable, os.path.join(HERE, "peer_pytorch.py"), *arguments, f"weights={weights}", f"mode={mode}"], environment
