"""PyTorch as a peer of a side-by-side benchmark: torch.jit's optimize_for_inference. Same commands as DeepVision.BenchServer."""
import resource
import sys
import time

import numpy as np
import torch
import torchvision

preset, weights, input_file, batch, height, width, threads = sys.argv[1:8]
torch.set_num_threads(int(threads))
model = getattr(torchvision.models, preset)(weights=None)
model.load_state_dict(torch.load(weights))
model.eval()
values = np.fromfile(input_file, np.float32).reshape(int(batch), 3, int(height), int(width))
image = torch.from_numpy(values)
with torch.no_grad():
    frozen = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, image)))
    print(f"ready PyTorch {torch.__version__} optimize_for_inference, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        words = line.split()
        if not words:
            break
        if words[0] == "output":
            frozen(image).numpy().tofile(words[1])
            print("written", flush=True)
        elif words[0] == "run":
            times = []
            for _ in range(int(words[1])):
                start = time.perf_counter()
                frozen(image)
                times.append(f"{(time.perf_counter() - start) * 1000:.3f}")
            print(" ".join(times), flush=True)
        elif words[0] == "peak":
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
