"""PyTorch as it is built, as a peer of a side-by-side benchmark; commands and arguments as DeepVision.TorchBenchServer's."""
import resource
import sys
import time

import numpy as np
import torch
import torchvision

preset, weights, input_file, batch, height, width, threads, setting = sys.argv[1:9]
torch.set_num_threads(int(threads))
layout = torch.channels_last if setting == "channels-last" else torch.contiguous_format
model = getattr(torchvision.models, preset)(weights=None)
model.load_state_dict(torch.load(weights))
model = model.eval().to(memory_format=layout)
values = np.fromfile(input_file, np.float32).reshape(int(batch), 3, int(height), int(width))
image = torch.from_numpy(values).to(memory_format=layout)
with torch.inference_mode():
    print(f"ready PyTorch {torch.__version__} eager, {setting}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        words = line.split()
        if not words:
            break
        if words[0] == "output":
            model(image).numpy().tofile(words[1])
            print("written", flush=True)
        elif words[0] == "run":
            times = []
            for _ in range(int(words[1])):
                start = time.perf_counter()
                model(image)
                times.append(f"{(time.perf_counter() - start) * 1000:.3f}")
            print(" ".join(times), flush=True)
        elif words[0] == "peak":
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
