"""PyTorch as a peer of a side-by-side benchmark: torch.jit's optimize_for_inference. Same commands as DeepVision.BenchServer."""
import sys

import numpy as np
import torch
import torchvision

from peer import serve

preset, weights, input_file, batch, height, width, threads = sys.argv[1:8]
torch.set_num_threads(int(threads))
model = getattr(torchvision.models, preset)(weights=None)
model.load_state_dict(torch.load(weights))
model.eval()
values = np.fromfile(input_file, np.float32).reshape(int(batch), 3, int(height), int(width))
image = torch.from_numpy(values)
with torch.no_grad():
    frozen = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, image)))
    serve("optimize_for_inference", lambda: frozen(image), lambda path: frozen(image).numpy().tofile(path))
