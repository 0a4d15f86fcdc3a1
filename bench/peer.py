"""What a PyTorch process answers as a peer of a benchmark: the same commands as DeepVision's servers."""
import sys
import time

import torch


def serve(description, run, write, synchronize=lambda: None):
    """Says that it is ready, then obeys "output FILE", answered with what write(FILE) returns, and "run N", until an empty line."""
    print(f"ready PyTorch {torch.__version__} {description}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        words = line.split()
        if not words:
            break
        if words[0] == "output":
            print(write(words[1]) or "written", flush=True)
        elif words[0] == "run":
            times = []
            for _ in range(int(words[1])):
                synchronize()
                start = time.perf_counter()
                run()
                synchronize()
                times.append(f"{(time.perf_counter() - start) * 1000:.3f}")
            print(" ".join(times), flush=True)
